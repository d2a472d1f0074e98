// The copies of answers that a signalement keeps under their own keys.
#pragma once

#include "services/intake/domain/demande.hpp"
#include "services/intake/domain/signalement.hpp"

namespace histologe::intake {

// Fills typeCompositionLogement, situationFoyer, informationProcedure, informationComplementaire (not for service de
// secours) and precisionsLibres of the signalement from the answers that each keeps (reference of intake, 1.9 and 5.1).
void sousObjets(const Demande& demande, Profil profil, Signalement& signalement);

}  // namespace histologe::intake
