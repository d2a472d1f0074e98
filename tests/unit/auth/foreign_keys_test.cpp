// ID tokens of an identity provider: what counts, and every way in which one does not.
#include "libs/auth/foreign_keys.hpp"

#include <catch2/catch.hpp>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "libs/auth/base64url.hpp"

using namespace histologe;
using namespace std::chrono_literals;
using core::Json;

namespace {

const auto kNow = core::parseInstant("2026-11-25T10:00:00Z").value();

std::string bigNumber(EVP_PKEY* key, const char* name, std::size_t least) {
    BIGNUM* number = nullptr;
    REQUIRE(EVP_PKEY_get_bn_param(key, name, &number) == 1);
    std::string bytes(std::max<std::size_t>(least, static_cast<std::size_t>(BN_num_bytes(number))), '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    BN_free(number);
    return auth::toBase64url(bytes);
}

// A provider's key, of either kind.
class Signer {
  public:
    explicit Signer(bool isRsa, unsigned bits = 2048)
        : isRsa_(isRsa), key_(isRsa ? EVP_RSA_gen(bits) : EVP_EC_gen("P-256")) {}
    ~Signer() { EVP_PKEY_free(key_); }
    Signer(const Signer&) = delete;
    Signer& operator=(const Signer&) = delete;

    Json jwk(const std::string& kid) const {
        if (isRsa_) {
            return {{"kty", "RSA"},
                    {"kid", kid},
                    {"n", bigNumber(key_, OSSL_PKEY_PARAM_RSA_N, 0)},
                    {"e", bigNumber(key_, OSSL_PKEY_PARAM_RSA_E, 0)}};
        }
        return {{"kty", "EC"},
                {"crv", "P-256"},
                {"kid", kid},
                {"x", bigNumber(key_, OSSL_PKEY_PARAM_EC_PUB_X, 32)},
                {"y", bigNumber(key_, OSSL_PKEY_PARAM_EC_PUB_Y, 32)}};
    }

    std::string sign(const Json& header, const Json& payload) const {
        const auto message = auth::toBase64url(header.dump()) + "." + auth::toBase64url(payload.dump());
        EVP_MD_CTX* context = EVP_MD_CTX_new();
        std::size_t length = 1024;
        std::string signature(length, '\0');
        REQUIRE(EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key_) == 1);
        REQUIRE(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &length,
                               reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1);
        EVP_MD_CTX_free(context);
        signature.resize(length);
        if (!isRsa_) signature = raw(signature);
        return message + "." + auth::toBase64url(signature);
    }

  private:
    static std::string raw(const std::string& der) {
        const auto* at = reinterpret_cast<const unsigned char*>(der.data());
        ECDSA_SIG* both = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
        std::string bytes(64, '\0');
        BN_bn2binpad(ECDSA_SIG_get0_r(both), reinterpret_cast<unsigned char*>(bytes.data()), 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(both), reinterpret_cast<unsigned char*>(bytes.data()) + 32, 32);
        ECDSA_SIG_free(both);
        return bytes;
    }

    bool isRsa_;
    EVP_PKEY* key_;
};

std::string keySet(const Json& keys) {
    return Json{{"keys", keys}}.dump();
}

long long seconds(core::Instant instant) {
    return std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
}

Json good() {
    return {{"iss", "https://fournisseur.example"}, {"aud", "nous"},           {"sub", "s-1"},
            {"nonce", "n-1"},                       {"iat", seconds(kNow)}, {"exp", seconds(kNow + 5min)}};
}

}  // namespace

TEST_CASE("an ID token counts when its signature, issuer, audience, time and nonce are right") {
    for (const bool isRsa : {true, false}) {
        const Signer signer(isRsa);
        const auto keys = auth::ForeignKeys::fromJwks(keySet(Json::array({signer.jwk("k1")})));
        const Json header = {{"alg", isRsa ? "RS256" : "ES256"}, {"kid", "k1"}};
        const auto verdict = [&](const Json& claims) {
            return auth::verifyIdToken(signer.sign(header, claims), keys,
                                       {"https://fournisseur.example", "nous", "n-1"}, kNow)
                .refusal;
        };
        CHECK(verdict(good()) == "");
        const auto with = [](const char* name, const Json& value) {
            auto claims = good();
            if (value.is_null()) claims.erase(name);
            else claims[name] = value;
            return claims;
        };
        CHECK(verdict(with("iss", "https://fournisseur.example/")) == "iss");
        CHECK(verdict(with("iss", nullptr)) == "iss");
        CHECK(verdict(with("aud", "autre")) == "aud");
        CHECK(verdict(with("aud", nullptr)) == "aud");
        CHECK(verdict(with("aud", Json::array({"nous"}))) == "");
        CHECK(verdict(with("aud", Json::array({"autre"}))) == "aud");
        CHECK(verdict(with("aud", Json::array({"nous", "autre"}))) == "azp");
        CHECK(verdict(with("azp", "autre")) == "azp");
        CHECK(verdict(with("exp", seconds(kNow - 61s))) == "exp");
        CHECK(verdict(with("exp", seconds(kNow - 30s))) == "");
        CHECK(verdict(with("exp", "demain")) == "exp");
        CHECK(verdict(with("exp", nullptr)) == "exp");
        CHECK(verdict(with("iat", seconds(kNow + 2min))) == "iat");
        CHECK(verdict(with("nonce", "n-2")) == "nonce");
        CHECK(verdict(with("nonce", nullptr)) == "nonce");
        CHECK(verdict(with("sub", nullptr)) == "sub");
    }
}

TEST_CASE("a signature that is not the provider's does not count") {
    const Signer rsa(true);
    const Signer other(true);
    const Signer ec(false);
    const auto keys = auth::ForeignKeys::fromJwks(keySet(Json::array({rsa.jwk("r"), ec.jwk("e")})));
    REQUIRE(keys.size() == 2);
    CHECK(keys.knows("e"));
    CHECK_FALSE(keys.knows("x"));
    const auto token = rsa.sign({{"alg", "RS256"}, {"kid", "r"}}, good());
    CHECK(keys.verify(token) == good());
    CHECK(auth::kidOf(token) == "r");
    CHECK(keys.verify(rsa.sign({{"alg", "RS256"}}, good())) == good());
    CHECK_FALSE(keys.verify(other.sign({{"alg", "RS256"}, {"kid", "r"}}, good())));
    CHECK_FALSE(keys.verify(rsa.sign({{"alg", "RS256"}, {"kid", "e"}}, good())));
    CHECK_FALSE(keys.verify(rsa.sign({{"alg", "ES256"}, {"kid", "r"}}, good())));
    CHECK_FALSE(keys.verify(ec.sign({{"alg", "RS256"}, {"kid", "e"}}, good())));
    CHECK_FALSE(keys.verify(rsa.sign({{"alg", "HS256"}, {"kid", "r"}}, good())));
    CHECK_FALSE(keys.verify(rsa.sign({{"alg", "RS256"}, {"kid", "r"}, {"crit", Json::array({"x"})}}, good())));
    const auto none = auth::toBase64url(R"({"alg":"none"})") + "." + auth::toBase64url(good().dump()) + ".";
    CHECK_FALSE(keys.verify(none));
    auto altered = good();
    altered["sub"] = "s-2";
    const auto first = token.find('.');
    const auto second = token.find('.', first + 1);
    CHECK_FALSE(keys.verify(token.substr(0, first + 1) + auth::toBase64url(altered.dump()) + token.substr(second)));
    for (const char* text : {"", ".", "..", "a.b.c", "a.b"}) CHECK_FALSE(keys.verify(text));
}

TEST_CASE("keys that are too small, for another use or of another kind are passed over") {
    const Signer small(true, 1024);
    const Signer rsa(true);
    auto encryption = rsa.jwk("chiffre");
    encryption["use"] = "enc";
    auto otherAlgorithm = rsa.jwk("autre");
    otherAlgorithm["alg"] = "RS512";
    const Json symmetric = {{"kty", "oct"}, {"kid", "o"}, {"k", "AAAA"}};
    CHECK(auth::ForeignKeys::fromJwks(keySet(Json::array({small.jwk("p"), encryption, otherAlgorithm, symmetric, 7}))).size() == 0);
    CHECK_THROWS(auth::ForeignKeys::fromJwks("{}"));
    CHECK_THROWS(auth::ForeignKeys::fromJwks("pas du JSON"));
}
