// What a token says, apart from how it is signed.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "libs/auth/roles.hpp"
#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"

namespace histologe::auth {

// Who signs our tokens and for whom: `iss` and `aud`, compared as they are written.
struct TokenParties {
    std::string issuer = "histologe";
    std::string audience = "histologe";
};

// No token is valid for longer, whoever signed it.
inline constexpr std::chrono::hours kLongestLife{24};

struct Claims {
    std::string id;       // `jti`: of this token
    std::string subject;  // `sub`: the account, or the signalement of a usager; never a name or an address
    Role role = Role::Agent;
    std::vector<std::string> territoires;  // codes (`13`, `2A`) of which the bearer is a member
    std::vector<std::string> partenaires;  // identifiers of the partenaires in whose name he acts
    std::vector<std::string> scopes;       // what he may do, as `x-scope` of the contract names it
    std::string signalement;               // of a usager or a bailleur, and of nobody else
    std::string session;                   // `sid`: the session that the token belongs to; empty for none
    core::Instant issuedAt;                // to the second
    core::Instant expiresAt;               // to the second
};

// What is wrong with claims as somebody wants them signed, in words; empty when nothing is. A usager's or bailleur's
// token names one signalement and neither territoire nor partenaire; every other token names no signalement.
std::string faultOf(const Claims& claims);

// The payload of a token.
core::Json toJson(const Claims& claims, const TokenParties& parties);

// The claims of a payload that was signed for these parties and obeys the rules above; empty when anything is missing,
// of another type, or not allowed. Says nothing of the time.
std::optional<Claims> readClaims(const core::Json& payload, const TokenParties& parties);

}  // namespace histologe::auth
