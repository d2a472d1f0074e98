#include "libs/auth/token.hpp"

#include <array>
#include <stdexcept>

#include "libs/auth/base64url.hpp"
#include "libs/core/error.hpp"

namespace histologe::auth {
namespace {

using core::Json;

// Clocks of two machines differ.
constexpr std::chrono::minutes kClockSkew{1};

Verification refused(Refusal refusal) {
    return {std::nullopt, refusal};
}

std::optional<Json> decoded(std::string_view part) {
    const auto text = fromBase64url(part);
    if (!text) return std::nullopt;
    try {
        return core::parseJson(*text, 8);
    } catch (const core::Error&) {
        return std::nullopt;
    }
}

bool says(const Json& header, const char* name, std::string_view value) {
    const auto place = header.find(name);
    return place != header.end() && place->is_string() && place->get_ref<const std::string&>() == value;
}

}  // namespace

std::string_view nameOf(Refusal refusal) noexcept {
    constexpr std::array<std::string_view, 8> kNames = {"none",      "malformed", "algorithm", "unknown_key",
                                                        "signature", "claims",    "expired",   "not_yet"};
    return kNames[static_cast<std::size_t>(refusal)];
}

std::string signToken(const Claims& claims, const TokenParties& parties, const SigningKey& key) {
    if (const auto fault = faultOf(claims); !fault.empty()) throw std::invalid_argument(fault);
    const Json header = {{"alg", "EdDSA"}, {"typ", "at+jwt"}, {"kid", key.kid()}};
    auto token = toBase64url(core::dumpJson(header)) + '.' + toBase64url(core::dumpJson(toJson(claims, parties)));
    const auto signature = key.sign(token);
    token += '.' + toBase64url(signature);
    if (token.size() > kLongestToken)
        throw std::invalid_argument("a token is 8192 bytes at most: too many territoires, partenaires or scopes");
    return token;
}

Verification verifyToken(std::string_view token, const KeySet& keys, const TokenParties& parties, core::Instant now) {
    if (token.size() > kLongestToken) return refused(Refusal::Malformed);
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
        return refused(Refusal::Malformed);
    }
    const auto header = decoded(token.substr(0, first));
    const auto signature = fromBase64url(token.substr(second + 1));
    if (!header || !header->is_object() || !signature) return refused(Refusal::Malformed);
    // `crit` names extensions that must be understood; we have none.
    if (!says(*header, "alg", "EdDSA") || !says(*header, "typ", "at+jwt") || header->contains("crit")) {
        return refused(Refusal::Algorithm);
    }
    const auto kid = header->find("kid");
    const auto* key =
        kid != header->end() && kid->is_string() ? keys.find(kid->get_ref<const std::string&>()) : nullptr;
    if (key == nullptr) return refused(Refusal::UnknownKey);
    if (!key->verifies(token.substr(0, second), *signature)) return refused(Refusal::Signature);
    const auto payload = decoded(token.substr(first + 1, second - first - 1));
    if (!payload) return refused(Refusal::Malformed);
    auto claims = readClaims(*payload, parties);
    if (!claims || !key->maySign(claims->role)) return refused(Refusal::Claims);
    if (claims->expiresAt <= now) return refused(Refusal::Expired);
    if (claims->issuedAt > now + kClockSkew) return refused(Refusal::NotYet);
    return {std::move(claims), Refusal::None};
}

}  // namespace histologe::auth
