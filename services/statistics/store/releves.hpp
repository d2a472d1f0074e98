// Reading the counters.
#pragma once

#include <string>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "services/statistics/domain/releve.hpp"

namespace histologe::statistics {

// All that the figures of the whole country need, of one instant; their current year is that of Europe/Paris.
Releve lirePays(postgres::Connection& session, core::Instant now);

// What the figures that follow a territory need, of one instant; the national part is left empty.
Releve lireTerritoire(postgres::Connection& session, const std::string& code, core::Instant now);

}  // namespace histologe::statistics
