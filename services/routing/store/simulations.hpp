// A dossier as it is now, to try rules on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/routing/store/dossiers.hpp"

namespace histologe::routing {

struct DossierASimuler {
    DossierAOrienter dossier;
    std::vector<std::string> partenaires;  // that have it, whatever the state of their affectation
};

// Empty when there is none, or its declaration is not there yet. What is not evaluated yet has no qualification.
std::optional<DossierASimuler> lireDossierASimuler(postgres::Transaction& transaction, const std::string& signalement);

}  // namespace histologe::routing
