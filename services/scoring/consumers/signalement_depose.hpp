// A report was filed: it is evaluated.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/streams/consumer.hpp"
#include "libs/streams/outbox.hpp"

namespace histologe::scoring {

// Handler of `signalement.depose`: scores the answers that the event carries, keeps the score and says
// `signalement.evalue`. A signalement that has a score keeps it: its declaration does not change.
streams::Handler onSignalementDepose(const desordres::Catalogue& catalogue, const streams::Outbox& outbox,
                                     const core::Clock& clock);

}  // namespace histologe::scoring
