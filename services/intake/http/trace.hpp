// Every agent's operation leaves a trace before it begins.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"

namespace histologe::intake {

// Wraps a handler: the trace (account, operation, instant, the uuid of the address) is durable before the handler runs,
// so nothing is done or shown without one. A refusal adds its code; a signalement made adds its uuid. Without a
// database the operation does not take place.
http::Handler traced(postgres::Pool& pool, const core::Clock& clock, http::Handler handler);

// Tells the trace of the running operation which signalement it made.
void noteSignalement(const std::string& uuid);

}  // namespace histologe::intake
