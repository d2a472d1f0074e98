// A signalement as agents write it: the document, the answers beside it, and how one field is read from and kept in
// them.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "libs/core/json.hpp"
#include "services/intake/domain/section.hpp"

namespace histologe::intake {

struct Fiche {
    core::Json contenu = core::Json::object();   // as enJson(Signalement), with what only agents write
    core::Json reponses = core::Json::object();  // what the evaluation reads, as in the event
};

// A document in which nothing is known yet.
Fiche ficheVide();

// Fields by name, as normalised texts; an empty optional is a field that was emptied.
using Valeurs = std::map<std::string, std::optional<std::string>, std::less<>>;

// What the signalement holds of a field, as the text in which it is sent; empty when nothing.
std::optional<std::string> lireChamp(const ChampDeSection& champ, const core::Json& contenu);

// Keeps a normalised text (or nothing) wherever the field is kept: in the document, in its copy of the answers and,
// when the evaluation reads the key, in the answers. What two places say is never different afterwards.
void garderChamp(const ChampDeSection& champ, const std::optional<std::string>& valeur, Fiche& fiche);

// The same for a key of the form that no field stands for. `objet` may be empty.
void garderReponse(std::string_view objet, std::string_view cle, const std::optional<std::string>& valeur,
                   Fiche& fiche);

// The text at a JSON pointer of the document; empty when there is none, or no text.
std::optional<std::string> texteEn(const core::Json& contenu, std::string_view chemin);

// By what signalements of the same place as this document's are found (adresse.hpp).
std::string cleAdresseDe(const core::Json& contenu);

// The profile of the document's declarant; empty when it is not known.
std::optional<Profil> profilDuDeclarant(const core::Json& contenu);

}  // namespace histologe::intake
