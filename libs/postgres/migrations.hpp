// Forward-only schema changes, applied once each, in order, by one process at a time.
#pragma once

#include <string>
#include <vector>

#include "libs/postgres/connection.hpp"

namespace histologe::postgres {

// One numbered file of a component (`flux`, `intake`...), embedded in the program by `histologe_embed_migrations`.
struct Migration {
    const char* component;
    int number;
    const char* name;
    const char* sql;
};

// Applies what is missing, each migration in its own transaction, under an advisory lock; returns how many were applied.
// Throws core::Error (Internal) when a migration applied earlier no longer has the text that it had.
int migrate(Connection& connection, const std::vector<Migration>& migrations);

// True when nothing is missing. For readiness.
bool isMigrated(Connection& connection, const std::vector<Migration>& migrations);

}  // namespace histologe::postgres
