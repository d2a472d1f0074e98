// The form of the rescue services (reference of intake, 7.2): what each step must hold, and the signalement it makes.
#pragma once

#include <string>
#include <vector>

#include "libs/core/error.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "services/intake/domain/fiche.hpp"
#include "services/intake/domain/section_examen.hpp"

namespace histologe::intake {

// The service that declares, by the door it came through.
struct ServiceSecours {
    std::string uuid;
    std::string slug;
    std::string nom;
    std::string territoire;
    std::string courriel;
    std::string telephone;
    bool actif = true;
};

// `Pompiers du Gard` -> `pompiers-du-gard`.
std::string slugDe(std::string_view nom);

// True for `mission`, `adresse`, `occupant`, `bailleur`, `desordres`.
bool estEtapeDesSecours(std::string_view nom) noexcept;

// The rules of one step; nothing is kept, so going back loses nothing. `{desordres: [slug], desordreAutre,
// autresOccupantsDesordre, fichiers: [clé]}` is the last.
std::vector<core::Violation> examinerEtapeDesSecours(std::string_view nom, const core::Json& corps,
                                                     const desordres::Catalogue& catalogue,
                                                     const ContexteDeSection& contexte);

// The whole form, an object by name of step: its violations (`etape.champ`), or the document of the signalement.
struct DeclarationDesSecours {
    std::vector<core::Violation> violations;
    Fiche fiche;
    std::vector<std::string> fichiers;
};
DeclarationDesSecours lireDeclaration(const core::Json& corps, const ServiceSecours& service,
                                      const desordres::Catalogue& catalogue, const ContexteDeSection& contexte);

}  // namespace histologe::intake
