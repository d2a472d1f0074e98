// Reading the counters.
#pragma once

#include <string>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "services/statistics/domain/releve.hpp"

namespace histologe::statistics {

// Whether a territory of that code was ever heard of.
bool existeTerritoire(postgres::Connection& session, const std::string& code);

// What the public figures need, all of it of one instant. `territoire` empty: the whole country, whose current year is
// that of Europe/Paris.
Releve lireReleve(postgres::Connection& session, const std::string& territoire, core::Instant now);

}  // namespace histologe::statistics
