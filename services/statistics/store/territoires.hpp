// The table of territories.
#pragma once

#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::statistics {

struct TerritoireDit {
    std::string code;
    std::string nom;
    bool actif = false;
    std::string fuseau;  // IANA name
    core::Instant ditLe{};
};

// Writes territories, each named once; what was said earlier never replaces what was said later. The dossiers of a
// territory whose zone changed, or that came before it, move to the months of its calendar. Queued in the transaction,
// which fails with SqlError on a zone that does not exist.
void saveTerritoires(postgres::Transaction& transaction, const std::vector<TerritoireDit>& territoires);

}  // namespace histologe::statistics
