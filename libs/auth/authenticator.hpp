// The authentication filter of every service: `Authorization: Bearer <token>` in, a Principal out.
#pragma once

#include "libs/auth/key_files.hpp"
#include "libs/auth/revocations.hpp"
#include "libs/auth/token.hpp"
#include "libs/auth/token_cache.hpp"
#include "libs/core/metrics.hpp"
#include "libs/http/hooks.hpp"

namespace histologe::auth {

// Answers in constant terms: 401 `identification_requise` without a token, 401 `jeton_refuse` whatever is wrong with
// it, 403 `portee_insuffisante` when it is good and lacks the operation's scope. Another scheme than Bearer is no
// token: an operation that anybody may call stays open behind a front's own password. Any thread.
class BearerAuthenticator final : public http::Authenticator {
  public:
    // All outlive it. Counts refusals in `histologe_auth_refused_total` by reason. Without revocations every good token
    // counts to its end; without opaque tokens only signed ones are known.
    BearerAuthenticator(KeyRing& keys, TokenParties parties, const core::Clock& clock, core::Metrics& metrics,
                        const Revocations* revocations = nullptr, OpaqueTokens* opaque = nullptr);

    std::shared_ptr<const http::Principal> authenticate(const http::Request& request,
                                                        const std::string& requiredScope) override;

  private:
    std::shared_ptr<const Principal> verified(std::string_view token);
    std::shared_ptr<const Principal> checked(std::string_view token, const std::shared_ptr<const KeySet>& keys);
    void countRefusal(const std::string& reason);

    KeyRing& keys_;
    const TokenParties parties_;
    const core::Clock& clock_;
    core::Metrics& metrics_;
    const Revocations* revocations_;
    OpaqueTokens* opaque_;
    TokenCache cache_;
};

}  // namespace histologe::auth
