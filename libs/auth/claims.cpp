#include "libs/auth/claims.hpp"

#include <algorithm>

#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"

namespace histologe::auth {
namespace {

using core::Json;

constexpr std::size_t kLongestName = 128;

// Visible ASCII without what would end a quoted string or a list: scopes (RFC 6749, 3.3), codes and identifiers.
bool isPlain(std::string_view text) {
    return !text.empty() && text.size() <= kLongestName &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127 && c != '"' && c != '\\'; });
}

bool arePlain(const std::vector<std::string>& texts) {
    return std::all_of(texts.begin(), texts.end(), isPlain);
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : " ") + text;
    return all;
}

std::int64_t seconds(core::Instant instant) {
    return std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
}

// Nothing outside of these years is meant, and every calculation on them stays in range.
std::optional<core::Instant> instantOf(const Json& payload, const char* name) {
    constexpr std::int64_t kLatest = 253'402'300'799;  // the end of the year 9999
    const auto place = payload.find(name);
    if (place == payload.end() || !place->is_number_integer()) return std::nullopt;
    if (place->is_number_unsigned() && place->get<std::uint64_t>() > static_cast<std::uint64_t>(kLatest))
        return std::nullopt;
    const auto value = place->get<std::int64_t>();
    if (value < 0 || value > kLatest) return std::nullopt;
    return core::Instant(std::chrono::seconds(value));
}

std::optional<std::string> textOf(const Json& payload, const char* name) {
    const auto place = payload.find(name);
    if (place == payload.end() || !place->is_string()) return std::nullopt;
    return place->get<std::string>();
}

// An absent list is empty.
std::optional<std::vector<std::string>> listOf(const Json& payload, const char* name) {
    std::vector<std::string> texts;
    const auto place = payload.find(name);
    if (place == payload.end()) return texts;
    if (!place->is_array()) return std::nullopt;
    for (const auto& item : *place) {
        if (!item.is_string()) return std::nullopt;
        texts.push_back(item.get<std::string>());
    }
    return texts;
}

bool isMeantFor(const Json& payload, const std::string& audience) {
    const auto place = payload.find("aud");
    if (place == payload.end()) return false;
    if (place->is_string()) return place->get_ref<const std::string&>() == audience;
    return place->is_array() && std::any_of(place->begin(), place->end(), [&](const Json& one) {
               return one.is_string() && one.get_ref<const std::string&>() == audience;
           });
}

}  // namespace

std::string faultOf(const Claims& claims) {
    if (!isPlain(claims.id)) return "a token needs an identifier";
    if (!isPlain(claims.subject)) return "a subject is 1 to 128 visible characters";
    if (!arePlain(claims.territoires)) return "a territoire is a code as 13 or 2A";
    if (!arePlain(claims.partenaires)) return "a partenaire is an identifier without blanks";
    if (!arePlain(claims.scopes)) return "a scope is a word without blanks";
    if (!claims.session.empty() && !isPlain(claims.session)) return "a session is an identifier without blanks";
    if (claims.expiresAt <= claims.issuedAt) return "a token ends after it begins";
    if (claims.expiresAt - claims.issuedAt > kLongestLife) return "a token lives 24 hours at most";
    if (isBoundToOneSignalement(claims.role)) {
        if (!core::isUuid(claims.signalement)) return "this role needs the uuid of its signalement";
        if (!claims.territoires.empty() || !claims.partenaires.empty()) {
            return "this role names its signalement and neither territoires nor partenaires";
        }
    } else if (!claims.signalement.empty()) {
        return "only usagers and bailleurs are bound to one signalement";
    }
    return {};
}

Json toJson(const Claims& claims, const TokenParties& parties) {
    Json payload = {{"iss", parties.issuer},
                    {"aud", parties.audience},
                    {"sub", claims.subject},
                    {"jti", claims.id},
                    {"iat", seconds(claims.issuedAt)},
                    {"exp", seconds(claims.expiresAt)},
                    {"role", std::string(nameOf(claims.role))},
                    {"scope", joined(claims.scopes)}};
    if (!claims.territoires.empty()) payload["territoires"] = claims.territoires;
    if (!claims.partenaires.empty()) payload["partenaires"] = claims.partenaires;
    if (!claims.signalement.empty()) payload["signalement"] = claims.signalement;
    if (!claims.session.empty()) payload["sid"] = claims.session;
    return payload;
}

std::optional<Claims> readClaims(const Json& payload, const TokenParties& parties) {
    if (!payload.is_object()) return std::nullopt;
    if (textOf(payload, "iss") != parties.issuer || !isMeantFor(payload, parties.audience)) return std::nullopt;
    const auto subject = textOf(payload, "sub");
    const auto id = textOf(payload, "jti");
    const auto role = roleNamed(textOf(payload, "role").value_or(""));
    const auto scope = textOf(payload, "scope");
    const auto issuedAt = instantOf(payload, "iat");
    const auto expiresAt = instantOf(payload, "exp");
    auto territoires = listOf(payload, "territoires");
    auto partenaires = listOf(payload, "partenaires");
    if (!subject || !id || !role || !scope || !issuedAt || !expiresAt || !territoires || !partenaires)
        return std::nullopt;
    Claims claims;
    if (payload.contains("signalement")) {
        const auto signalement = textOf(payload, "signalement");
        if (!signalement) return std::nullopt;
        claims.signalement = *signalement;
    }
    if (payload.contains("sid")) {
        const auto session = textOf(payload, "sid");
        if (!session) return std::nullopt;
        claims.session = *session;
    }
    claims.id = *id;
    claims.subject = *subject;
    claims.role = *role;
    claims.territoires = std::move(*territoires);
    claims.partenaires = std::move(*partenaires);
    for (auto& word : core::split(*scope, ' ')) {
        if (!word.empty()) claims.scopes.push_back(std::move(word));
    }
    claims.issuedAt = *issuedAt;
    claims.expiresAt = *expiresAt;
    if (!faultOf(claims).empty()) return std::nullopt;
    return claims;
}

}  // namespace histologe::auth
