// Tiers whom an occupant lets follow his signalement.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::intake {

struct Invitation {
    std::string id;
    std::string signalement;
    std::string empreinte;  // of the link's secret
    std::string nom;
    std::string prenom;
    std::string courriel;
    std::string telephone;
    std::string statut = "WAITING";  // WAITING, ACCEPTED, REFUSED
    core::Instant creeLe{};
};

// How long the secret of an invitation's link is, in random bytes (reference of intake, 6.3).
inline constexpr std::size_t kSecretDInvitation = 32;

// Queued. A second one waiting for the same signalement is refused by the schema.
void insertInvitation(postgres::Transaction& transaction, const Invitation& invitation);

std::optional<Invitation> findInvitation(postgres::Connection& session, const std::string& empreinte);
// All of a signalement, the latest first.
std::vector<Invitation> findInvitations(postgres::Connection& session, const std::string& signalement);
// Locked until the transaction ends.
std::optional<Invitation> lockInvitation(postgres::Transaction& transaction, const std::string& empreinte);

// What became of it. Queued.
void saveReponse(postgres::Transaction& transaction, const std::string& invitation, const std::string& statut,
                 core::Instant now);

}  // namespace histologe::intake
