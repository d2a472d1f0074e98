// The trace of what people who work on dossiers do: who, when, which signalement, which operation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

struct Acces {
    std::optional<std::string> signalement;  // uuid; none for an operation on no particular one
    std::string compte;
    std::string role;
    std::string operation;
    core::Instant le{};
    std::optional<std::string> issue;  // code of the refusal
    long long rang = 0;
};

// Returns the rank of the trace. Durable when it returns.
long long insertAcces(postgres::Connection& session, const Acces& acces);
// Completes a trace with what is known once the operation has ended; an absent value leaves what is there.
void completeAcces(postgres::Connection& session, long long rang, const std::optional<std::string>& signalement,
                   const std::optional<std::string>& issue);

// The traces of a signalement, newest first; those before the rank `avant` when it is given.
std::vector<Acces> findAcces(postgres::Connection& session, const std::string& signalement,
                             std::optional<long long> avant, long long limite);

}  // namespace histologe::intake
