// A report was edited, by whoever: it is scored again.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/streams/consumer.hpp"
#include "libs/streams/outbox.hpp"

namespace histologe::scoring {

// Handler of `signalement.modifie`: the answers that the event carries replace those known, and what changed is said.
// Of several edits of a report, the one said last counts.
streams::Handler onSignalementModifie(const desordres::Catalogue& catalogue, const streams::Outbox& outbox,
                                      const core::Clock& clock);

}  // namespace histologe::scoring
