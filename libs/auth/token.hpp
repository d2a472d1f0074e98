// Access tokens: JSON Web Tokens signed with Ed25519 (RFC 7519, 8037, 9068), made and checked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/auth/claims.hpp"
#include "libs/auth/keys.hpp"

namespace histologe::auth {

// The longest token that is looked at, in bytes.
inline constexpr std::size_t kLongestToken = 8192;

// The compact form. Throws std::invalid_argument saying what is wrong with the claims (claims.hpp) or that the token
// would be too long.
std::string signToken(const Claims& claims, const TokenParties& parties, const SigningKey& key);

// Why a token does not count. For logs and metrics: whoever sent it is not told.
enum class Refusal { None, Malformed, Algorithm, UnknownKey, Signature, Claims, Expired, NotYet };
std::string_view nameOf(Refusal refusal) noexcept;

struct Verification {
    std::optional<Claims> claims;  // present exactly when nothing was refused
    Refusal refusal = Refusal::None;
};

// Checks everything: form, `alg` EdDSA and `typ` at+jwt and nothing else, a known key that may sign for the role, the
// signature, the parties, the rules of claims, the time (issued at most a minute in the future, not expired). Never
// throws on content.
Verification verifyToken(std::string_view token, const KeySet& keys, const TokenParties& parties, core::Instant now);

}  // namespace histologe::auth
