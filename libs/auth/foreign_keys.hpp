// Tokens that others sign: JSON Web Signatures of an identity provider, checked with its published keys.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"

struct evp_pkey_st;

namespace histologe::auth {

// The keys of a provider (RFC 7517): RSA of 2048 bits at least for RS256, P-256 for ES256. Immutable: any thread.
class ForeignKeys {
  public:
    // Keys of other kinds, or for other uses, are passed over. Throws std::runtime_error when it is no key set.
    static ForeignKeys fromJwks(const std::string& text);

    // The payload of a compact JWS, when its `alg` is RS256 or ES256, a key of that kind and of its `kid` is there, and the
    // signature is that key's. Empty otherwise: `alg: none`, a symmetric algorithm, `crit`, an altered part.
    [[nodiscard]] std::optional<core::Json> verify(std::string_view jws) const;

    // True when a key bears this name: a token of another one may be signed with a newer key.
    [[nodiscard]] bool knows(std::string_view kid) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return keys_.size(); }

  private:
    struct Key {
        std::string kid;
        std::string alg;  // RS256 or ES256
        std::shared_ptr<evp_pkey_st> key;
    };
    std::vector<Key> keys_;
};

// The `kid` in the header of a JWS; empty when there is none.
std::string kidOf(std::string_view jws);

// What an ID token must say (OpenID Connect Core, 3.1.3.7).
struct ExpectedIdToken {
    std::string issuer;
    std::string clientId;
    std::string nonce;
};

// Why an ID token does not count; empty when it does: `signature`, `iss`, `aud`, `azp`, `exp`, `iat`, `nonce`, `sub`.
struct IdTokenVerdict {
    std::string refusal;
    core::Json claims;
};
IdTokenVerdict verifyIdToken(std::string_view jws, const ForeignKeys& keys, const ExpectedIdToken& expected,
                             core::Instant now);

}  // namespace histologe::auth
