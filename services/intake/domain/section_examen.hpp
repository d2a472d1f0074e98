// Checking and applying what an agent sent for a section.
#pragma once

#include <chrono>
#include <functional>
#include <vector>

#include "libs/core/error.hpp"
#include "services/intake/domain/fiche.hpp"
#include "services/intake/domain/validation.hpp"

namespace histologe::intake {

// What the rules need to know besides the fields.
struct ContexteDeSection {
    std::chrono::sys_days aujourdhui;
    std::optional<Profil> profil;  // of the declarant
    bool vacant = false;           // nobody lives there
    bool appartement = false;
    // False for a signalement that was imported: it never had most answers, so none is required of it.
    bool exigences = true;
    bool ouvertSeulement = false;  // the territoire must be open: for a new signalement
    // Asked with a postcode and an INSEE code in their right form. Not set: nothing is asked.
    std::function<SituationDuLieu(std::string_view codePostal, std::string_view codeInsee)> lieu;
};

// The context of an edit of this document.
ContexteDeSection contexteDe(const core::Json& contenu, std::chrono::sys_days aujourdhui);

// One field that an edit changed, as texts.
struct Changement {
    std::string champ;
    std::optional<std::string> avant;
    std::optional<std::string> apres;
    friend bool operator==(const Changement&, const Changement&) = default;
};

// What comes of an edit: violations and nothing else, or the changed document and what changed (nothing, when the same
// was sent as was there).
struct Modification {
    std::vector<core::Violation> violations;
    std::vector<Changement> changements;
    Fiche fiche;
};

// Applies the fields of `corps` (a JSON object) to the document: a field that is not named stays as it is, null or an
// empty text empties it. All or nothing. A field that was never answered may stay so; an answer that must be given
// cannot be taken away. Unknown fields are violations. Never throws on content.
Modification modifier(const Section& section, const core::Json& corps, const Fiche& fiche,
                      const ContexteDeSection& contexte);

// The same fields as the whole content of a step of a draft: what is not named is empty. Returns the broken rules;
// `valeurs` receives the normalised texts.
std::vector<core::Violation> examinerEtape(const Section& section, const core::Json& corps,
                                           const ContexteDeSection& contexte, Valeurs& valeurs);

// Keeps the values of a step that was examined.
void appliquerEtape(const Section& section, const Valeurs& valeurs, Fiche& fiche);

// A section as an agent reads it: every field with what the document holds of it.
core::Json valeursDe(const Section& section, const core::Json& contenu);

}  // namespace histologe::intake
