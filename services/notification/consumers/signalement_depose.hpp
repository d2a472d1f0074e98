#pragma once

#include "libs/core/clock.hpp"
#include "libs/streams/consumer.hpp"

namespace histologe::notification {

// Handler of `signalement.depose`: keeps the dossier's usagers and owes them an acknowledgement (and, when its
// acceptance was heard of first, the mail of the acceptance too). The clock must outlive it.
streams::Handler onSignalementDepose(const core::Clock& clock);

}  // namespace histologe::notification
