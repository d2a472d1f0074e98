// Who is asking, as handlers see it.
#pragma once

#include <memory>

#include "libs/auth/claims.hpp"
#include "libs/http/message.hpp"

namespace histologe::auth {

// What a verified token says of its bearer; `subject` and `scopes` are the base's.
struct Principal final : http::Principal {
    std::string tokenId;
    Role role = Role::Agent;
    std::vector<std::string> territoires;
    std::vector<std::string> partenaires;
    std::string signalement;
    std::string session;  // empty for none
    core::Instant issuedAt;
    core::Instant expiresAt;

    [[nodiscard]] bool isSuperAdmin() const noexcept { return role == Role::SuperAdmin; }
    [[nodiscard]] bool isMemberOf(std::string_view territoire) const noexcept;
    [[nodiscard]] bool actsFor(std::string_view partenaire) const noexcept;
    [[nodiscard]] bool hasScope(std::string_view scope) const noexcept;
};

std::shared_ptr<const Principal> principalOf(Claims claims);

// The bearer of an operation that needs a scope. Throws core::Error (Unauthenticated) when nobody is known.
const Principal& bearer(const http::Request& request);

}  // namespace histologe::auth
