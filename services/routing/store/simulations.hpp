// A dossier as it is now, to try rules on.
#pragma once

#include <optional>
#include <string>

#include "services/routing/store/dossiers.hpp"

namespace histologe::routing {

// Empty when there is none, or its declaration is not there yet. What is not evaluated yet has no qualification.
// Partners that have it count as such whatever the state of their affectation.
std::optional<DossierAOrienter> lireDossierASimuler(postgres::Transaction& transaction, const std::string& signalement);

}  // namespace histologe::routing
