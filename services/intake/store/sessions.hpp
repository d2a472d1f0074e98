// The open tokens of usagers and landlords.
#pragma once

#include <optional>
#include <string>

#include "libs/auth/principal.hpp"
#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "services/intake/domain/droits_usager.hpp"

namespace histologe::intake {

// A token that was given, by its identifier (uuid).
struct SessionPersonne {
    std::string jeton;
    std::string signalement;
    Personne personne = Personne::Occupant;
    core::Instant expireLe{};
};

// Queues the session, and the instant at which this person came in.
void ouvrirSession(postgres::Transaction& transaction, const SessionPersonne& session, core::Instant now);

// The bearer's session. Throws core::Error (Unauthenticated, `jeton_refuse`) when it was closed, (Forbidden,
// `portee_insuffisante`) when the bearer is neither usager nor landlord.
SessionPersonne sessionDe(postgres::Connection& connection, const auth::Principal& porteur);

// Closes one, or every one of a person on a signalement: they count no more as soon as the transaction is committed.
void fermerSession(postgres::Transaction& transaction, const std::string& jeton);
void fermerSessions(postgres::Transaction& transaction, const std::string& signalement, Personne personne);

// Forgets the sessions that expired an hour ago or more, at most `most`; returns how many.
int effacerSessions(postgres::Connection& connection, core::Instant now, int most);

}  // namespace histologe::intake
