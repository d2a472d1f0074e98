#include "libs/auth/principal.hpp"

#include <algorithm>

#include "libs/core/error.hpp"
#include "libs/http/hooks.hpp"

namespace histologe::auth {
namespace {

bool holds(const std::vector<std::string>& texts, std::string_view text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

}  // namespace

bool Principal::isMemberOf(std::string_view territoire) const noexcept {
    return holds(territoires, territoire);
}

bool Principal::actsFor(std::string_view partenaire) const noexcept {
    return holds(partenaires, partenaire);
}

bool Principal::hasScope(std::string_view scope) const noexcept {
    return holds(scopes, scope);
}

std::shared_ptr<const Principal> principalOf(Claims claims) {
    auto principal = std::make_shared<Principal>();
    principal->subject = std::move(claims.subject);
    principal->scopes = std::move(claims.scopes);
    principal->tokenId = std::move(claims.id);
    principal->role = claims.role;
    principal->territoires = std::move(claims.territoires);
    principal->partenaires = std::move(claims.partenaires);
    principal->signalement = std::move(claims.signalement);
    // An occupant and a declarant have one signalement for subject.
    if (!principal->signalement.empty()) principal->caller = principal->tokenId;
    principal->session = std::move(claims.session);
    principal->issuedAt = claims.issuedAt;
    principal->expiresAt = claims.expiresAt;
    return principal;
}

const Principal& bearer(const http::Request& request) {
    const auto* principal = dynamic_cast<const Principal*>(request.principal.get());
    if (principal == nullptr) {
        throw core::Error(core::ErrorKind::Unauthenticated, http::kIdentificationNeeded,
                          "Identifiez-vous pour continuer.");
    }
    return *principal;
}

}  // namespace histologe::auth
