#pragma once

#include "libs/core/clock.hpp"
#include "libs/streams/consumer.hpp"

namespace histologe::notification {

// Handler of `affectation.creee`: owes the partner's mailbox a mail. The clock must outlive it.
streams::Handler onAffectationCreee(const core::Clock& clock);

}  // namespace histologe::notification
