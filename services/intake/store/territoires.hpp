// What the directory said of the territories, kept here so that an address can be checked without asking anybody.
#pragma once

#include <vector>

#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

void saveTerritoires(postgres::Transaction& transaction, const std::vector<const core::Json*>& contenus);
std::vector<core::Json> allTerritoires(postgres::Connection& session);

}  // namespace histologe::intake
