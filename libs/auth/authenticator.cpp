#include "libs/auth/authenticator.hpp"

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
                                         core::Metrics& metrics)
    : keys_(keys), parties_(std::move(parties)), clock_(clock), metrics_(metrics) {}

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
    const auto keys = keys_.current();
    const auto now = clock_.now();
    if (token.size() > kLongestToken) return nullptr;
    const auto digest = cache_.digest(token);
    if (auto known = cache_.find(digest, keys, now)) return known;
    auto verification = verifyToken(token, *keys, parties_, now);
    if (!verification.claims) {
        const std::string reason(nameOf(verification.refusal));
        metrics_
            .counter("histologe_auth_refused_total", "access tokens that did not count, by reason",
                     {{"reason", reason}})
            .add();
        core::log::debug("auth_token_refused", {{"reason", reason}});
        return nullptr;
    }
    auto principal = principalOf(std::move(*verification.claims));
    cache_.insert(digest, keys, principal);
    return principal;
}

}  // namespace histologe::auth
