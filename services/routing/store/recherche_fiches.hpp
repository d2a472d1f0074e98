// Writing what a declaration says to the lists.
#pragma once

#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "services/routing/domain/recherche_fiche.hpp"

namespace histologe::routing {

struct FicheAEcrire {
    std::string signalement;
    core::Instant declareeLe{};           // of the event
    std::optional<std::string> bailleur;  // id in the directory
    FicheRecherche fiche;
};

// Writes them beside their dossiers, which must be there and declared; a fiche of an older event than the one that is there
// is passed over. Each signalement once. What an event does not say (source, motif de clôture) stays as it was.
void ecrireFiches(postgres::Transaction& transaction, const std::vector<FicheAEcrire>& fiches);

}  // namespace histologe::routing
