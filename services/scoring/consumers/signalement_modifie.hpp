// A report was edited, by whoever: it is evaluated again.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/streams/consumer.hpp"
#include "libs/streams/outbox.hpp"

namespace histologe::scoring {

// Handler of `signalement.modifie`: scores the answers as they are now, replaces the score and says
// `signalement.evalue`, with the suspicions that appeared or ended. What visits found stays. An edit older than the
// answers already scored is passed over; one of a report that has no score yet gives it its first.
streams::Handler onSignalementModifie(const desordres::Catalogue& catalogue, const streams::Outbox& outbox,
                                      const core::Clock& clock);

}  // namespace histologe::scoring
