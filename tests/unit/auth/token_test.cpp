#include "libs/auth/token.hpp"

#include <catch2/catch.hpp>

#include "libs/auth/base64url.hpp"
#include "tests/unit/auth/fixture.hpp"

using namespace histologe::auth;
using namespace histologe::auth::test;
using histologe::core::Json;
using namespace std::chrono_literals;

namespace {

const SigningKey& key() {
    static const auto kKey = SigningKey::generate("k1");
    return kKey;
}

const KeySet& keys() {
    static const auto kKeys = KeySet::fromJwks(keySetOf({key().toPublicJwk()}));
    return kKeys;
}

Refusal refusalOf(std::string_view token, const KeySet& set = keys(), histologe::core::Instant now = noon() + 1s) {
    const auto verification = verifyToken(token, set, {}, now);
    CHECK(verification.claims.has_value() == (verification.refusal == Refusal::None));
    return verification.refusal;
}

// A token of any header and payload, signed as it should be.
std::string signedAs(const std::string& header, const std::string& payload, const SigningKey& signer = key()) {
    const auto text = toBase64url(header) + "." + toBase64url(payload);
    return text + "." + toBase64url(signer.sign(text));
}

const std::string kHeader = R"({"alg":"EdDSA","typ":"at+jwt","kid":"k1"})";

std::string withPayload(const Json& payload) {
    return signedAs(kHeader, payload.dump());
}

Json goodPayload() {
    return toJson(agentClaims(), {});
}

// The payload with one member replaced, or removed by null.
Json changed(const char* name, const Json& value) {
    auto payload = goodPayload();
    if (value.is_null()) {
        payload.erase(name);
    } else {
        payload[name] = value;
    }
    return payload;
}

}  // namespace

TEST_CASE("a token gives back what was signed") {
    const auto verification = verifyToken(signToken(agentClaims(), {}, key()), keys(), {}, noon() + 1s);
    REQUIRE(verification.claims);
    CHECK(verification.claims->id == agentClaims().id);
    CHECK(verification.claims->subject == agentClaims().subject);
    CHECK(verification.claims->role == Role::Agent);
    CHECK(verification.claims->territoires == agentClaims().territoires);
    CHECK(verification.claims->partenaires == agentClaims().partenaires);
    CHECK(verification.claims->scopes == agentClaims().scopes);
    CHECK(verification.claims->expiresAt == agentClaims().expiresAt);
    CHECK(verification.claims->signalement.empty());
}

TEST_CASE("the form of a token is the one other libraries read") {
    const auto token = signToken(agentClaims(), {}, key());
    const auto header = Json::parse(*fromBase64url(token.substr(0, token.find('.'))));
    CHECK(header == Json{{"alg", "EdDSA"}, {"typ", "at+jwt"}, {"kid", "k1"}});
    const auto payload =
        Json::parse(*fromBase64url(token.substr(token.find('.') + 1, token.rfind('.') - token.find('.') - 1)));
    CHECK(payload.at("iss") == "histologe");
    CHECK(payload.at("aud") == "histologe");
    CHECK(payload.at("exp").get<long long>() - payload.at("iat").get<long long>() == 900);
    CHECK(payload.at("scope") == "signalements:read signalements:write");
    CHECK(token.find('=') == std::string::npos);
}

TEST_CASE("a usager's token names one signalement and nothing else") {
    const auto token = signToken(usagerClaims(), {}, key());
    const auto verification = verifyToken(token, keys(), {}, noon() + 1s);
    REQUIRE(verification.claims);
    CHECK(verification.claims->signalement == usagerClaims().signalement);
    auto wrong = usagerClaims();
    SECTION("no territoire") {
        wrong.territoires = {"13"};
    }
    SECTION("no partenaire") {
        wrong.partenaires = {"x"};
    }
    SECTION("a signalement") {
        wrong.signalement.clear();
    }
    SECTION("a real one") {
        wrong.signalement = "13";
    }
    SECTION("an agent has none") {
        wrong.role = Role::Agent;
    }
    CHECK_THROWS_AS(signToken(wrong, {}, key()), std::invalid_argument);
    // Also when somebody else's code signed it.
    CHECK(refusalOf(withPayload(toJson(wrong, {}))) == Refusal::Claims);
}

TEST_CASE("a wrong signature does not count") {
    auto token = signToken(agentClaims(), {}, key());
    SECTION("of another key under the same name") {
        CHECK(refusalOf(signToken(agentClaims(), {}, SigningKey::generate("k1"))) == Refusal::Signature);
    }
    SECTION("another payload under the same signature") {
        const auto other = toBase64url(changed("role", "super_admin").dump());
        token = token.substr(0, token.find('.') + 1) + other + token.substr(token.rfind('.'));
        CHECK(refusalOf(token) == Refusal::Signature);
    }
    SECTION("each byte of it matters") {
        const auto at = token.rfind('.') + 1;
        for (std::size_t i = at; i < token.size(); ++i) {
            auto bent = token;
            bent[i] = bent[i] == 'A' ? 'B' : 'A';
            CHECK(refusalOf(bent) != Refusal::None);
        }
    }
    SECTION("none at all") {
        CHECK(refusalOf(token.substr(0, token.rfind('.') + 1)) == Refusal::Signature);
    }
}

TEST_CASE("only our algorithm, type and keys count") {
    const auto payload = goodPayload().dump();
    const auto bare = [&](const std::string& header) { return toBase64url(header) + "." + toBase64url(payload) + "."; };
    CHECK(refusalOf(bare(R"({"alg":"none","typ":"at+jwt","kid":"k1"})")) == Refusal::Algorithm);
    CHECK(refusalOf(signedAs(R"({"alg":"none","typ":"at+jwt","kid":"k1"})", payload)) == Refusal::Algorithm);
    CHECK(refusalOf(signedAs(R"({"alg":"HS256","typ":"at+jwt","kid":"k1"})", payload)) == Refusal::Algorithm);
    CHECK(refusalOf(signedAs(R"({"alg":"eddsa","typ":"at+jwt","kid":"k1"})", payload)) == Refusal::Algorithm);
    CHECK(refusalOf(signedAs(R"({"alg":["EdDSA"],"typ":"at+jwt","kid":"k1"})", payload)) == Refusal::Algorithm);
    CHECK(refusalOf(signedAs(R"({"alg":"EdDSA","typ":"JWT","kid":"k1"})", payload)) == Refusal::Algorithm);
    CHECK(refusalOf(signedAs(R"({"alg":"EdDSA","kid":"k1"})", payload)) == Refusal::Algorithm);
    CHECK(refusalOf(signedAs(R"({"alg":"EdDSA","typ":"at+jwt","kid":"k1","crit":["x"]})", payload)) ==
          Refusal::Algorithm);
    CHECK(refusalOf(signedAs(R"({"alg":"EdDSA","typ":"at+jwt","kid":"k2"})", payload)) == Refusal::UnknownKey);
    CHECK(refusalOf(signedAs(R"({"alg":"EdDSA","typ":"at+jwt"})", payload)) == Refusal::UnknownKey);
    CHECK(refusalOf(signedAs(R"({"alg":"EdDSA","typ":"at+jwt","kid":1})", payload)) == Refusal::UnknownKey);
    CHECK(refusalOf(signedAs(R"({"alg":"EdDSA","alg":"none","typ":"at+jwt","kid":"k1"})", payload)) ==
          Refusal::Malformed);
    CHECK(refusalOf(signedAs("[]", payload)) == Refusal::Malformed);
    // A key that the token brings along is never looked at.
    CHECK(refusalOf(signedAs(R"({"alg":"EdDSA","typ":"at+jwt","kid":"k9","jwk":{}})", payload)) == Refusal::UnknownKey);
}

TEST_CASE("a token counts in its time only") {
    const auto token = signToken(agentClaims(), {}, key());
    CHECK(refusalOf(token, keys(), agentClaims().expiresAt - 1us) == Refusal::None);
    CHECK(refusalOf(token, keys(), agentClaims().expiresAt) == Refusal::Expired);
    CHECK(refusalOf(token, keys(), noon() - 60s) == Refusal::None);
    CHECK(refusalOf(token, keys(), noon() - 61s) == Refusal::NotYet);
    CHECK(refusalOf(withPayload(changed("exp", 1764158400 + 864000))) == Refusal::Claims);  // longer than a day
    auto endless = agentClaims();
    endless.expiresAt = endless.issuedAt + 24h + 1s;
    CHECK_THROWS_AS(signToken(endless, {}, key()), std::invalid_argument);
}

TEST_CASE("a token for somebody else does not count") {
    CHECK(refusalOf(signToken(agentClaims(), {"histologe", "autre"}, key())) == Refusal::Claims);
    CHECK(refusalOf(signToken(agentClaims(), {"autre", "histologe"}, key())) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed("aud", Json::array({"autre", "histologe"})))) == Refusal::None);
    CHECK(refusalOf(withPayload(changed("aud", Json::array({"autre"})))) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed("aud", Json::array()))) == Refusal::Claims);
}

TEST_CASE("claims of another form do not count") {
    const auto name = GENERATE("iss", "aud", "sub", "jti", "iat", "exp", "role", "scope");
    INFO(name);
    CHECK(refusalOf(withPayload(changed(name, Json()))) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed(name, Json::object()))) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed(name, true))) == Refusal::Claims);
}

TEST_CASE("claims of unlikely values do not count") {
    CHECK(refusalOf(withPayload(changed("exp", 1e300))) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed("exp", -1))) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed("exp", 18446744073709551615ULL))) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed("exp", "1764158400"))) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed("role", "dieu"))) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed("sub", ""))) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed("territoires", "13"))) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed("territoires", Json::array({13})))) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed("partenaires", Json::array({"a b"})))) == Refusal::Claims);
    CHECK(refusalOf(signedAs(kHeader, "[1]")) == Refusal::Claims);
    CHECK(refusalOf(signedAs(kHeader, "\"x\"")) == Refusal::Claims);
}

TEST_CASE("text beyond ASCII neither passes nor breaks anything") {
    CHECK(refusalOf(withPayload(changed("sub", "Émilie 🏚"))) == Refusal::Claims);
    CHECK(refusalOf(withPayload(changed("scope", "signalements:écrire"))) == Refusal::Claims);
    CHECK(refusalOf(signedAs(kHeader, "{\"sub\":\"\xff\"}")) == Refusal::Malformed);
    CHECK(refusalOf(signedAs("{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"k1\u0000\"}", "{}")) != Refusal::None);
    CHECK(refusalOf("é.à.ü") == Refusal::Malformed);
    CHECK(refusalOf(std::string("\0.\0.\0", 5)) == Refusal::Malformed);
}

TEST_CASE("a token that is cut, doubled or padded does not count") {
    const auto token = signToken(agentClaims(), {}, key());
    for (std::size_t size = 0; size < token.size(); ++size) {
        INFO(size);
        CHECK(refusalOf(std::string_view(token).substr(0, size)) != Refusal::None);
    }
    CHECK(refusalOf(token + ".") == Refusal::Malformed);
    CHECK(refusalOf("." + token) == Refusal::Malformed);
    CHECK(refusalOf(token + "=") == Refusal::Malformed);
    CHECK(refusalOf(token + " ") == Refusal::Malformed);
    CHECK(refusalOf(token + "." + token) == Refusal::Malformed);
    CHECK(refusalOf("..") == Refusal::Malformed);
}

TEST_CASE("a huge token costs nothing and does not count") {
    CHECK(refusalOf(std::string(50'000'000, 'A')) == Refusal::Malformed);
    CHECK(refusalOf(std::string(kLongestToken, '.')) == Refusal::Malformed);
    CHECK(refusalOf(signedAs(std::string(3000, '['), "{}")) == Refusal::Malformed);
    auto claims = agentClaims();
    claims.partenaires.assign(400, "019a0000-0001-7000-8000-000000000001");
    CHECK_THROWS_AS(signToken(claims, {}, key()), std::invalid_argument);
}

TEST_CASE("a key that may sign for usagers only gives no agent") {
    const auto limited = KeySet::fromJwks(keySetOf({key().toPublicJwk({Role::Usager})}));
    CHECK(refusalOf(signToken(usagerClaims(), {}, key()), limited) == Refusal::None);
    CHECK(refusalOf(signToken(agentClaims(), {}, key()), limited) == Refusal::Claims);
}
