#include "libs/auth/authenticator.hpp"

#include "libs/auth/secrets.hpp"
#include "libs/core/error.hpp"
#include "libs/core/log.hpp"
#include "libs/core/text.hpp"

namespace histologe::auth {
namespace {

using core::Error;
using core::ErrorKind;

constexpr std::string_view kScheme = "Bearer ";

[[noreturn]] void refuseToken() {
    throw Error(ErrorKind::Unauthenticated, http::kTokenRefused,
                "Votre accès n'est plus valable. Identifiez-vous à nouveau.");
}

}  // namespace

BearerAuthenticator::BearerAuthenticator(KeyRing& keys, TokenParties parties, const core::Clock& clock,
                                         core::Metrics& metrics, const Revocations* revocations, OpaqueTokens* opaque)
    : keys_(keys),
      parties_(std::move(parties)),
      clock_(clock),
      metrics_(metrics),
      revocations_(revocations),
      opaque_(opaque) {}

std::shared_ptr<const http::Principal> BearerAuthenticator::authenticate(const http::Request& request,
                                                                         const std::string& requiredScope) {
    const auto* sent = request.headers.find("Authorization");
    const bool isToken = sent != nullptr && sent->size() >= kScheme.size() &&
                         http::equalsIgnoringCase(std::string_view(*sent).substr(0, kScheme.size()), kScheme);
    if (!isToken) {
        if (requiredScope.empty()) return nullptr;
        throw Error(ErrorKind::Unauthenticated, http::kIdentificationNeeded, "Identifiez-vous pour continuer.");
    }
    // Two of them could be read differently here and by whoever stands in front.
    if (request.headers.count("Authorization") != 1) refuseToken();
    auto principal = verified(core::trim(std::string_view(*sent).substr(kScheme.size())));
    if (principal == nullptr) refuseToken();
    if (!requiredScope.empty() && !principal->hasScope(requiredScope)) {
        throw Error(ErrorKind::Forbidden, http::kScopeMissing, "Vous n'avez pas le droit de faire cette opération.");
    }
    return principal;
}

std::shared_ptr<const Principal> BearerAuthenticator::verified(std::string_view token) {
    if (token.size() > kLongestToken) return nullptr;
    const auto keys = keys_.current();
    const auto digest = cache_.digest(token);
    auto principal = cache_.find(digest, keys, clock_.now());
    if (principal == nullptr) {
        principal = checked(token, keys);
        if (principal != nullptr) cache_.insert(digest, keys, principal);
    }
    // What was good a moment ago may have been taken back since.
    if (principal != nullptr && revocations_ != nullptr && revocations_->isRevoked(*principal)) {
        countRefusal("revoked");
        return nullptr;
    }
    return principal;
}

std::shared_ptr<const Principal> BearerAuthenticator::checked(std::string_view token,
                                                              const std::shared_ptr<const KeySet>& keys) {
    if (opaque_ != nullptr && hasFormOfSecret(token)) {
        auto principal = opaque_->find(token);
        if (principal == nullptr) countRefusal("unknown_opaque");
        return principal;
    }
    auto verification = verifyToken(token, *keys, parties_, clock_.now());
    if (verification.claims) return principalOf(std::move(*verification.claims));
    countRefusal(std::string(nameOf(verification.refusal)));
    return nullptr;
}

void BearerAuthenticator::countRefusal(const std::string& reason) {
    metrics_.counter("histologe_auth_refused_total", "access tokens that did not count, by reason", {{"reason", reason}})
        .add();
    core::log::debug("auth_token_refused", {{"reason", reason}});
}

}  // namespace histologe::auth
