// The events about a signalement whose document stands as JSON: one that an agent wrote, one that was changed.
#pragma once

#include <string>
#include <vector>

#include "services/intake/domain/evenement.hpp"
#include "services/intake/domain/fiche.hpp"
#include "services/intake/domain/section_examen.hpp"

namespace histologe::intake {

// The parts that `signalement.depose` and `signalement.modifie` share: the declared facts and the answers in `donnees`;
// names, contacts and the address in `personnel`.
Evenement evenementDeFiche(const Fiche& fiche, const Enregistrement& enregistrement);

// What is told of an edit: which section and fields, who, the version that it made. The values stand in `personnel`.
struct ModificationDite {
    std::string section;
    std::string auteur;  // the account
    std::string role;
    long long version = 0;
    std::vector<Changement> changements;
    // The dwelling is said to be another: where the registers placed it counts no more.
    bool estAilleurs = false;
};
// The event `signalement.modifie` (its schema: api/events/signalement.modifie.json).
Evenement evenementModifie(const Fiche& fiche, const Enregistrement& enregistrement,
                           const ModificationDite& modification);

}  // namespace histologe::intake
