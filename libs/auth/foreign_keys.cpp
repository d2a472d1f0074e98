#include "libs/auth/foreign_keys.hpp"

#include <algorithm>
#include <stdexcept>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "libs/auth/base64url.hpp"
#include "libs/core/error.hpp"

namespace histologe::auth {
namespace {

using core::Json;

constexpr std::size_t kLongestJws = 64 * 1024;
constexpr int kLeastRsaBits = 2048;
constexpr std::size_t kCoordinate = 32;  // of P-256
constexpr std::chrono::minutes kClockSkew{1};

template <typename Type, void (*Free)(Type*)>
struct Freed {
    void operator()(Type* object) const { Free(object); }
};
using BigNumber = std::unique_ptr<BIGNUM, Freed<BIGNUM, BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM, OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX, EVP_MD_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG, ECDSA_SIG_free>>;

std::string text(const Json& object, const char* name) {
    const auto place = object.find(name);
    return place == object.end() || !place->is_string() ? std::string() : place->get<std::string>();
}

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

BigNumber number(std::string_view big) {
    return BigNumber(BN_bin2bn(bytes(big), static_cast<int>(big.size()), nullptr));
}

std::shared_ptr<EVP_PKEY> keyFrom(const char* kind, OSSL_PARAM_BLD* builder) {
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
        return nullptr;
    }
    return {key, EVP_PKEY_free};
}

std::shared_ptr<EVP_PKEY> rsaKey(const Json& jwk) {
    const auto modulus = fromBase64url(text(jwk, "n"));
    const auto exponent = fromBase64url(text(jwk, "e"));
    if (!modulus || !exponent || modulus->empty() || exponent->empty()) return nullptr;
    const auto n = number(*modulus);
    const auto e = number(*exponent);
    const Builder builder(OSSL_PARAM_BLD_new());
    if (BN_num_bits(n.get()) < kLeastRsaBits || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
        return nullptr;
    }
    return keyFrom("RSA", builder.get());
}

std::shared_ptr<EVP_PKEY> ecKey(const Json& jwk) {
    const auto x = fromBase64url(text(jwk, "x"));
    const auto y = fromBase64url(text(jwk, "y"));
    if (text(jwk, "crv") != "P-256" || !x || !y || x->size() != kCoordinate || y->size() != kCoordinate) return nullptr;
    const auto point = "\x04" + *x + *y;
    const Builder builder(OSSL_PARAM_BLD_new());
    if (OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1) {
        return nullptr;
    }
    return keyFrom("EC", builder.get());
}

// OpenSSL wants the two numbers of an ECDSA signature in DER, JWS has them side by side.
std::optional<std::string> derOf(const std::string& raw) {
    if (raw.size() != 2 * kCoordinate) return std::nullopt;
    const EcSignature signature(ECDSA_SIG_new());
    const std::string_view view(raw);
    if (ECDSA_SIG_set0(signature.get(), number(view.substr(0, kCoordinate)).release(),
                       number(view.substr(kCoordinate)).release()) != 1) {
        return std::nullopt;
    }
    unsigned char* der = nullptr;
    const int length = i2d_ECDSA_SIG(signature.get(), &der);
    if (length <= 0) return std::nullopt;
    std::string text(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
    OPENSSL_free(der);
    return text;
}

bool verifies(EVP_PKEY* key, std::string_view message, const std::string& signature) {
    const DigestContext context(EVP_MD_CTX_new());
    return context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message), message.size()) == 1;
}

std::optional<Json> objectIn(std::string_view part) {
    const auto decoded = fromBase64url(part);
    if (!decoded) return std::nullopt;
    try {
        auto json = core::parseJson(*decoded, 16);
        return json.is_object() ? std::optional(std::move(json)) : std::nullopt;
    } catch (const core::Error&) {
        return std::nullopt;
    }
}

std::optional<core::Instant> instant(const Json& claims, const char* name) {
    const auto place = claims.find(name);
    if (place == claims.end() || !place->is_number()) return std::nullopt;
    const auto seconds = place->get<double>();
    if (!(seconds > 0 && seconds < 253402300799.0)) return std::nullopt;
    return core::Instant(std::chrono::seconds(static_cast<long long>(seconds)));
}

}  // namespace

ForeignKeys ForeignKeys::fromJwks(const std::string& document) {
    Json set;
    try {
        set = core::parseJson(document);
    } catch (const core::Error&) {
        throw std::runtime_error("the provider's key set is not JSON");
    }
    if (!set.is_object() || !set.contains("keys") || !set.at("keys").is_array()) {
        throw std::runtime_error("the provider's key set has no keys");
    }
    ForeignKeys all;
    for (const auto& jwk : set.at("keys")) {
        if (!jwk.is_object() || text(jwk, "use") == "enc") continue;
        const bool isRsa = text(jwk, "kty") == "RSA";
        Key key{text(jwk, "kid"), isRsa ? "RS256" : "ES256", isRsa ? rsaKey(jwk) : ecKey(jwk)};
        const auto meant = text(jwk, "alg");
        if (key.key && (meant.empty() || meant == key.alg)) all.keys_.push_back(std::move(key));
    }
    return all;
}

bool ForeignKeys::knows(std::string_view kid) const noexcept {
    return std::any_of(keys_.begin(), keys_.end(), [&](const Key& key) { return key.kid == kid; });
}

std::optional<Json> ForeignKeys::verify(std::string_view jws) const {
    if (jws.size() > kLongestJws) return std::nullopt;
    const auto first = jws.find('.');
    const auto second = first == std::string_view::npos ? first : jws.find('.', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto header = objectIn(jws.substr(0, first));
    auto signature = fromBase64url(jws.substr(second + 1));
    if (!header || !signature || header->contains("crit")) return std::nullopt;
    const auto alg = text(*header, "alg");
    const auto kid = text(*header, "kid");
    if (alg != "RS256" && alg != "ES256") return std::nullopt;
    if (alg == "ES256") signature = derOf(*signature);
    if (!signature) return std::nullopt;
    const auto message = jws.substr(0, second);
    const bool isGood = std::any_of(keys_.begin(), keys_.end(), [&](const Key& key) {
        return key.alg == alg && (kid.empty() || key.kid == kid) && verifies(key.key.get(), message, *signature);
    });
    return isGood ? objectIn(jws.substr(first + 1, second - first - 1)) : std::nullopt;
}

std::string kidOf(std::string_view jws) {
    const auto header = objectIn(jws.substr(0, jws.find('.')));
    return header ? text(*header, "kid") : std::string();
}

IdTokenVerdict verifyIdToken(std::string_view jws, const ForeignKeys& keys, const ExpectedIdToken& expected,
                             core::Instant now) {
    auto claims = keys.verify(jws);
    if (!claims) return {"signature", {}};
    if (text(*claims, "iss") != expected.issuer) return {"iss", {}};
    const auto audience = claims->find("aud");
    if (audience == claims->end()) return {"aud", {}};
    const bool isForUs = audience->is_array() ? std::find(audience->begin(), audience->end(), Json(expected.clientId)) != audience->end()
                                              : *audience == Json(expected.clientId);
    if (!isForUs) return {"aud", {}};
    // Meant for several: it must have been asked for by us.
    const bool isShared = audience->is_array() && audience->size() > 1;
    if ((isShared || claims->contains("azp")) && text(*claims, "azp") != expected.clientId) return {"azp", {}};
    const auto expiry = instant(*claims, "exp");
    if (!expiry || *expiry + kClockSkew <= now) return {"exp", {}};
    const auto issued = instant(*claims, "iat");
    if (!issued || *issued > now + kClockSkew) return {"iat", {}};
    if (expected.nonce.empty() || text(*claims, "nonce") != expected.nonce) return {"nonce", {}};
    if (text(*claims, "sub").empty()) return {"sub", {}};
    return {{}, std::move(*claims)};
}

}  // namespace histologe::auth
