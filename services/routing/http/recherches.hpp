// The searches that an agent keeps, to ask them again.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "services/routing/annuaire_courant.hpp"

namespace histologe::routing {

// At most so many an account.
inline constexpr long long kRecherchesMax = 10;

// Binds `listRecherches`, `createRecherche`, `updateRecherche`, `deleteRecherche`. Everything outlives the router.
void bindRecherches(http::Router& router, postgres::Pool& pool, AnnuaireCourant& annuaire, const core::Clock& clock);

}  // namespace histologe::routing
