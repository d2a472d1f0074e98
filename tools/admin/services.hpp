// The services as the operator's command line reaches them: their databases, their programs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/postgres/connection.hpp"

namespace histologe::admin {

const std::vector<std::string>& services();

// The file of the key with which `histologe token` signs.
inline constexpr const char* kSigningKeyVariable = "HISTOLOGE_AUTH_SIGNING_KEY_FILE";

// A session in the schema of a service, from HISTOLOGE_<SERVICE>_DATABASE_URL. Throws std::runtime_error naming the
// variable when it is not set, SqlError when the database does not answer.
std::unique_ptr<postgres::Connection> connect(const std::string& service);

// HISTOLOGE_<SERVICE>_DATABASE_URL; throws std::runtime_error when it is not set.
std::string databaseUrl(const std::string& service);

// HISTOLOGE_REDIS_URL; throws std::runtime_error when it is not set.
std::string redisUrl();
// HISTOLOGE_PARTITIONS, 16 when it is not set.
std::uint32_t partitions();

// Runs `histologe-<service> <argument>` that lies beside this program; returns its exit status.
int runProgram(const std::string& service, const std::string& argument);

}  // namespace histologe::admin
