// Tokens that stop counting before their time, and tokens that say nothing by themselves.
#include "libs/auth/revocations.hpp"

#include <catch2/catch.hpp>

#include "libs/auth/authenticator.hpp"
#include "libs/auth/scopes.hpp"
#include "libs/auth/secrets.hpp"
#include "libs/core/error.hpp"
#include "libs/core/files.hpp"
#include "libs/core/json.hpp"

using namespace histologe;
using namespace std::chrono_literals;
using auth::Revocations;

namespace {

const auto kNow = core::parseInstant("2026-11-25T10:00:00Z").value();

auth::Claims claims(core::Instant issuedAt, const std::string& session = "s1") {
    auth::Claims made;
    made.id = "t1";
    made.subject = "c1";
    made.session = session;
    made.scopes = {"signalements:read"};
    made.issuedAt = issuedAt;
    made.expiresAt = issuedAt + 10min;
    return made;
}

struct OneToken final : auth::OpaqueTokens {
    std::string token = auth::newSecret();
    std::shared_ptr<const auth::Principal> find(std::string_view asked) override {
        return asked == token ? auth::principalOf(claims(kNow)) : nullptr;
    }
};

}  // namespace

TEST_CASE("a revocation holds for what was issued before it, until it expires") {
    Revocations revocations;
    const auto before = auth::principalOf(claims(kNow - 1s));
    const auto after = auth::principalOf(claims(kNow));
    CHECK_FALSE(revocations.isRevoked(*before));
    revocations.add({{Revocations::ofAccount("c1"), kNow, kNow + 1h}}, kNow);
    CHECK(revocations.isRevoked(*before));
    CHECK_FALSE(revocations.isRevoked(*after));
    // An older one changes nothing, whatever order they come in.
    revocations.add({{Revocations::ofAccount("c1"), kNow - 1min, kNow + 1min}}, kNow);
    CHECK(revocations.isRevoked(*before));
    revocations.add({}, kNow + 1h);
    CHECK(revocations.size() == 0);
}

TEST_CASE("a session is revoked alone") {
    Revocations revocations;
    revocations.add({{Revocations::ofSession("s1"), kNow + 1s, kNow + 1h}}, kNow);
    CHECK(revocations.isRevoked(*auth::principalOf(claims(kNow))));
    CHECK_FALSE(revocations.isRevoked(*auth::principalOf(claims(kNow, "s2"))));
    CHECK_FALSE(revocations.isRevoked(*auth::principalOf(claims(kNow, ""))));
}

TEST_CASE("the filter refuses a revoked token that it had accepted, and knows opaque tokens") {
    const core::DrivenClock clock(kNow);
    const auto key = auth::SigningKey::generate("k1");
    auth::KeyRing ring("{\"keys\":[" + key.toPublicJwk() + "]}", "", clock);
    core::Metrics metrics;
    Revocations revocations;
    OneToken opaque;
    auth::BearerAuthenticator filter(ring, {}, clock, metrics, &revocations, &opaque);
    const auto ask = [&](const std::string& token) {
        http::Request request;
        request.headers.add("Authorization", "Bearer " + token);
        return filter.authenticate(request, "signalements:read");
    };
    const auto token = auth::signToken(claims(kNow), {}, key);
    const auto principal = std::dynamic_pointer_cast<const auth::Principal>(ask(token));
    REQUIRE(principal);
    CHECK(principal->session == "s1");
    CHECK(ask(opaque.token)->subject == "c1");
    CHECK_THROWS_AS(ask(auth::newSecret()), core::Error);
    revocations.add({{Revocations::ofSession("s1"), kNow + 1s, kNow + 1h}}, kNow);
    CHECK_THROWS_AS(ask(token), core::Error);
    CHECK_THROWS_AS(ask(opaque.token), core::Error);
}

TEST_CASE("every scope of the contract is given to some role, but those of usagers and landlords") {
    const auto contract = core::Json::parse(core::readFile(HISTOLOGE_BINARY_DIR "/api/openapi.json"));
    std::string missing;
    for (const auto& [path, item] : contract.at("paths").items()) {
        for (const auto& [method, operation] : item.items()) {
            if (!operation.is_object() || !operation.contains("x-scope")) continue;
            const auto scope = operation.at("x-scope").get<std::string>();
            if (scope.starts_with("espace:")) continue;
            bool isGiven = false;
            for (const auto role : {auth::Role::SuperAdmin, auth::Role::Api}) {
                const auto scopes = auth::scopesOf(role);
                isGiven = isGiven || std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
            }
            if (!isGiven) missing += scope + " ";
        }
    }
    CHECK(missing == "");
    CHECK(auth::scopesOf(auth::Role::Usager).empty());
    CHECK(auth::scopesOf(auth::Role::Agent).size() < auth::scopesOf(auth::Role::SuperAdmin).size());
}
