// The score of a signalement, explained to those who work on its dossier.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogues.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"

namespace histologe::scoring {

// Binds `getScore`. All three outlive the router.
void bindScores(http::Router& router, postgres::Pool& pool, const desordres::Catalogues& catalogues,
                const core::Clock& clock);

}  // namespace histologe::scoring
