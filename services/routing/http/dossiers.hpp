// The dossiers, for those who work on them.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "services/routing/annuaire_courant.hpp"

namespace histologe::routing {

// Binds `listDossiers`, `countDossiers`, `mapDossiers`, `getDossier`, `listMemeAdresse`. Everything outlives the router.
void bindDossiers(http::Router& router, postgres::Pool& pool, AnnuaireCourant& annuaire, const core::Clock& clock);

}  // namespace histologe::routing
