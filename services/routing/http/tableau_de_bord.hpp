// What waits for an agent, counted.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "services/routing/annuaire_courant.hpp"

namespace histologe::routing {

// Binds `getTableauDeBord`. Everything outlives the router.
void bindTableauDeBord(http::Router& router, postgres::Pool& pool, AnnuaireCourant& annuaire, const core::Clock& clock);

}  // namespace histologe::routing
