// What the directory said of the territories, kept here so that an address can be checked without asking anybody.
#pragma once

#include <string>
#include <vector>

#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

void saveTerritoires(postgres::Transaction& transaction, const std::vector<const core::Json*>& contenus);
// A document of them all in the form of `data/territoires.json`, as text: equal as long as nothing changed.
std::string documentDesTerritoires(postgres::Connection& session);
std::vector<core::Json> allTerritoires(postgres::Connection& session);

}  // namespace histologe::intake
