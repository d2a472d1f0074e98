// Asks the registers where the dwellings are, one after the other, and tells what they answered.
#pragma once

#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/metrics.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/geocodage.hpp"
#include "services/intake/jobs/travaux.hpp"
#include "services/intake/lieux.hpp"

namespace histologe::intake {

// The scheduled work `localisation`: a pass takes one search that is due, asks outside of any transaction, and records
// the answer with the event `signalement.localise` that tells of it, if it says anything new. Promises:
// - a register that is late, wrong or down loses nothing: the search is tried again, later and later, for ever;
// - while the BAN is down it is left alone, and no search spends its tries on it;
// - two instances, or one that died at any point, never record twice: the lease names who may.
// `mesure_localisation` keeps the gauges. The references must outlive the work.
std::vector<Travail> travauxDeLocalisation(postgres::Pool& pool, const streams::Outbox& outbox, Geocodeur& geocodeur,
                                           const ReglagesGeocodage& reglages, Lieux& lieux, core::Metrics& metrics);

}  // namespace histologe::intake
