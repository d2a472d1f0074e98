// The trace of who looked at what and changed what, in the table `acces` of each service.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"

namespace histologe::service {

// Wraps a handler: the trace (account, role, operation, instant, the uuid of the address) is durable before the handler
// runs, so nothing is shown or changed without one. A refusal adds its code. Without a database the operation does not
// take place. Usagers and landlords leave no trace: the signalement is their own.
// Throws core::Error (Unauthenticated) when nobody is known. Both references must outlive the handler.
http::Handler traced(postgres::Pool& pool, const core::Clock& clock, http::Handler handler);

// Tells the trace of the running operation which signalement (uuid) it concerned, when the address does not say it.
void noteSignalement(const std::string& uuid);

struct Acces {
    std::optional<std::string> signalement;  // uuid; none for an operation on no particular one
    std::string compte;
    std::string role;
    std::string operation;
    core::Instant le{};
    std::optional<std::string> issue;  // code of the refusal
    long long rang = 0;
};

// The traces of a signalement, newest first, at most `limite`; those before the rank `avant` when it is given.
std::vector<Acces> findAcces(postgres::Connection& session, const std::string& signalement,
                             std::optional<long long> avant, long long limite);

}  // namespace histologe::service
