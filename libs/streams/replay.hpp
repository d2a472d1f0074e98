// Events given again from the log, to rebuild a read model or to mend one.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::streams {

// In a consumer's schema: forgets having received the events made since then, so that they take effect again. Effects
// that are keyed (one affectation of a partner, one mail of a type to an address) are not repeated. Returns how many.
std::int64_t forgetReceived(postgres::Connection& consumer, core::Instant since);

// In a producer's schema: queues the events of its log since then for its relay. Returns how many.
std::int64_t publishAgain(postgres::Connection& producer, core::Instant since);

}  // namespace histologe::streams
