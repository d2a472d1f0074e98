// The tables of the directory.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

// Replaces or adds the entries of a whole directory file (the lists `partenaires`, `zones`, `epcis`, `bailleurs`,
// `regles`) and moves the version on. Entries that the file does not name stay as they are.
void saveAnnuaire(postgres::Transaction& transaction, const core::Json& document);

// Replaces or adds territories; returns those that changed.
std::vector<core::Json> saveTerritoires(postgres::Transaction& transaction, const core::Json& territoires);

// The whole directory in the form of a directory file, entries in the order of their creation.
core::Json loadAnnuaire(postgres::Connection& session);
std::vector<core::Json> loadTerritoires(postgres::Connection& session);

// Moves with every change of the directory.
std::int64_t annuaireVersion(postgres::Connection& session);
std::int64_t annuaireVersion(postgres::Transaction& transaction);

// The rules that cannot be read (id, why in French): they are marked so, and those that can be read again are not any more.
void noterPannes(postgres::Connection& session, const std::vector<std::pair<std::string, std::string>>& pannes, core::Instant now);

}  // namespace histologe::routing
