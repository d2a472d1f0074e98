// Scoring again, all at once, the reports that another version of the catalogue was used for.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/streams/outbox.hpp"

namespace histologe::scoring {

// Binds `recalculerScores`. Everything must outlive the router.
void bindRecalculs(http::Router& router, const desordres::Catalogue& catalogue, postgres::Pool& pool,
                   const streams::Outbox& outbox, const core::Clock& clock);

}  // namespace histologe::scoring
