// The trace of who looked at what, in the table `acces` of each service.
#pragma once

#include <string>

#include "libs/core/clock.hpp"
#include "libs/http/message.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::service {

// Leaves a trace that the bearer of the request did this operation on the signalement (uuid); durable when it returns, so
// it is called before anything is shown or changed. Usagers and landlords leave none: the signalement is their own.
// Throws core::Error (Unauthenticated) when nobody is known.
void traceAccess(postgres::Connection& session, const http::Request& request, const std::string& signalement,
                 core::Instant now);

}  // namespace histologe::service
