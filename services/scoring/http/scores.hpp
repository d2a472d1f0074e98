// The score of a signalement, explained to those who work on its dossier.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"

namespace histologe::scoring {

// Binds `getScore`. All three outlive the router.
void bindScores(http::Router& router, postgres::Pool& pool, const desordres::Catalogue& catalogue,
                const core::Clock& clock);

}  // namespace histologe::scoring
