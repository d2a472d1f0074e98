// The table of affectations.
#pragma once

#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::statistics {

struct AffectationDite {
    std::string id;
    std::string signalement;
    std::string partenaire;
    std::string nom;  // of the partner
    std::string territoire;
    std::string statut;
    core::Instant creeLe{};
};

// Writes affectations that are not there yet. Queued in the transaction.
void insertAffectations(postgres::Transaction& transaction, const std::vector<AffectationDite>& affectations);

// Their statuses. Those that are not there are passed over. Queued.
void updateAffectations(postgres::Transaction& transaction, const std::vector<AffectationDite>& affectations);
// Those are no more. Queued.
void deleteAffectations(postgres::Transaction& transaction, const std::vector<std::string>& ids);

}  // namespace histologe::statistics
