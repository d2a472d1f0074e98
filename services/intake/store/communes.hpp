// The communes as the directory last told them: a whole table comes in several parts, and counts once it is whole.
#pragma once

#include <cstdint>
#include <vector>

#include "libs/core/json.hpp"
#include "libs/domain/territoires/communes.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

// Keeps parts (`data` of `annuaire.communes_modifiees`). When one of them makes its version whole, older versions go,
// and what is searched by address is found under the communes of today. Parts may come twice, late, in any order.
void saveLotsDeCommunes(postgres::Transaction& transaction, const std::vector<const core::Json*>& lots);

// The newest version that is whole; 0 when there is none.
std::int64_t versionDesCommunes(postgres::Connection& session);

// The table of a whole version.
domain::Communes lireCommunes(postgres::Connection& session, std::int64_t version);

}  // namespace histologe::intake
