#include "libs/auth/authenticator.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "tests/unit/auth/fixture.hpp"

using namespace histologe::auth;
using namespace histologe::auth::test;
using histologe::core::Error;
using namespace std::chrono_literals;

namespace {

struct Door {
    SigningKey key = SigningKey::generate("k1");
    histologe::core::DrivenClock clock{noon() + 1s};
    histologe::core::Metrics metrics;
    KeyRing ring{keySetOf({key.toPublicJwk()}), "", clock};
    BearerAuthenticator authenticator{ring, {}, clock, metrics};

    histologe::http::Request with(const std::string& authorization) const {
        histologe::http::Request request;
        if (!authorization.empty()) request.headers.add("authorization", authorization);
        return request;
    }
    std::string refusal(const histologe::http::Request& request, const std::string& scope = "signalements:read") {
        try {
            authenticator.authenticate(request, scope);
        } catch (const Error& error) {
            return std::to_string(httpStatus(error.kind())) + " " + error.code() + " " + error.message();
        }
        return {};
    }
};

}  // namespace

TEST_CASE("a good token gives its bearer, the second time as the first") {
    Door door;
    const auto request = door.with("Bearer " + signToken(agentClaims(), {}, door.key));
    for (int time = 0; time < 3; ++time) {
        const auto principal = door.authenticator.authenticate(request, "signalements:read");
        REQUIRE(principal);
        CHECK(principal->subject == agentClaims().subject);
        auto known = request;
        known.principal = principal;
        CHECK(bearer(known).role == Role::Agent);
        CHECK(bearer(known).isMemberOf("2A"));
        CHECK_FALSE(bearer(known).isMemberOf("2B"));
        CHECK(bearer(known).actsFor(agentClaims().partenaires[0]));
    }
    CHECK(door.authenticator.authenticate(door.with("bearer   " + signToken(agentClaims(), {}, door.key)),
                                          "signalements:read"));
}

TEST_CASE("whatever is wrong with a token, the answer is the same") {
    Door door;
    const auto good = signToken(agentClaims(), {}, door.key);
    const auto expected = door.refusal(door.with("Bearer x"));
    CHECK(expected.starts_with("401 jeton_refuse "));
    auto old = agentClaims();
    old.issuedAt -= 1h;
    old.expiresAt -= 1h;
    auto other = agentClaims();
    other.subject = "somebody else";
    const auto stranger = SigningKey::generate("k1");
    for (const auto& token :
         {signToken(old, {}, door.key), signToken(agentClaims(), {}, stranger), good.substr(0, good.size() - 1),
          signToken(agentClaims(), {"histologe", "autre"}, door.key),
          signToken(agentClaims(), {}, SigningKey::generate("k2")), std::string(100'000, 'a'), good + "é",
          good + " " + good}) {
        CHECK(door.refusal(door.with("Bearer " + token)) == expected);
        // Also where nobody would have had to identify himself.
        CHECK(door.refusal(door.with("Bearer " + token), "") == expected);
    }
    auto twice = door.with("Bearer " + good);
    twice.headers.add("Authorization", "Bearer " + good);
    CHECK(door.refusal(twice) == expected);
    CHECK(door.metrics.expose().find("histologe_auth_refused_total{reason=\"expired\"} 2") != std::string::npos);
}

TEST_CASE("without a token only the open operations answer") {
    Door door;
    CHECK(door.authenticator.authenticate(door.with(""), "") == nullptr);
    CHECK(door.authenticator.authenticate(door.with("Basic dTpw"), "") == nullptr);
    CHECK(door.refusal(door.with("")).starts_with("401 identification_requise"));
    CHECK(door.refusal(door.with("Basic dTpw")).starts_with("401 identification_requise"));
    CHECK(door.refusal(door.with("Bearer")).starts_with("401 identification_requise"));
    CHECK_THROWS_AS(bearer(door.with("")), Error);
}

TEST_CASE("a token opens what its scopes name") {
    Door door;
    const auto request = door.with("Bearer " + signToken(agentClaims(), {}, door.key));
    CHECK(door.refusal(request, "signalements:write").empty());
    CHECK(door.refusal(request, "imports:write").starts_with("403 portee_insuffisante"));
    CHECK(door.refusal(request, "signalements").starts_with("403 portee_insuffisante"));
    CHECK(door.refusal(request, "").empty());
}

TEST_CASE("a token that was remembered ends with its time") {
    Door door;
    const auto request = door.with("Bearer " + signToken(agentClaims(), {}, door.key));
    CHECK(door.refusal(request).empty());
    door.clock.set(agentClaims().expiresAt - 1us);
    CHECK(door.refusal(request).empty());
    door.clock.set(agentClaims().expiresAt);
    CHECK(door.refusal(request).starts_with("401 jeton_refuse"));
}

TEST_CASE("a token that was remembered ends with its key") {
    const Folder folder;
    const auto publicFile = folder.path / "public.json";
    const auto key = createKey("k1", folder.path / "k1.json", publicFile);
    histologe::core::DrivenClock clock(noon());
    histologe::core::Metrics metrics;
    KeyRing ring("", publicFile, clock);
    BearerAuthenticator authenticator(ring, {}, clock, metrics);
    histologe::http::Request request;
    request.headers.add("Authorization", "Bearer " + signToken(agentClaims(), {}, key));
    CHECK(authenticator.authenticate(request, ""));
    std::ofstream(publicFile) << keySetOf({});
    clock.advance(1s);
    CHECK_THROWS_AS(authenticator.authenticate(request, ""), Error);
}

TEST_CASE("the memory of tokens is bounded and keeps what is used") {
    TokenCache cache(64);
    const auto keys = std::make_shared<const KeySet>();
    auto claims = agentClaims();
    const auto principal = principalOf(claims);
    const auto used = cache.digest("used");
    cache.insert(used, keys, principal);
    int kept = 0;
    for (int i = 0; i < 1000; ++i) {
        cache.insert(cache.digest("token " + std::to_string(i)), keys, principal);
        CHECK(cache.find(used, keys, noon()) == principal);
    }
    for (int i = 0; i < 1000; ++i) kept += cache.find(cache.digest("token " + std::to_string(i)), keys, noon()) ? 1 : 0;
    CHECK(kept <= 80);
    CHECK(kept >= 8);
    CHECK(cache.find(used, std::make_shared<const KeySet>(), noon()) == nullptr);
}
