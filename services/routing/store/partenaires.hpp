// What hangs on a partner beside its sheet: its people, its dossiers in hand.
#pragma once

#include <string>
#include <vector>

#include "services/routing/store/comptes.hpp"

namespace histologe::routing {

// The accounts that work for it and are not archived, locked until the transaction ends.
std::vector<CompteLu> comptesDuPartenaire(postgres::Transaction& transaction, const std::string& partenaire);
bool aUnCompteActif(postgres::Transaction& transaction, const std::string& partenaire);

// How many dossiers wait for its answer or are in its hands.
std::int64_t affectationsOuvertes(postgres::Transaction& transaction, const std::string& partenaire);

}  // namespace histologe::routing
