#include "libs/auth/keys.hpp"

#include <algorithm>
#include <stdexcept>

#include <sodium.h>

#include "libs/auth/base64url.hpp"
#include "libs/core/error.hpp"
#include "libs/core/json.hpp"

namespace histologe::auth {
namespace {

using core::Json;

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

bool isKid(std::string_view kid) {
    return !kid.empty() && kid.size() <= 64 && std::all_of(kid.begin(), kid.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    });
}

Json parsed(const std::string& text, const std::string& what) {
    try {
        return core::parseJson(text);
    } catch (const core::Error&) {
        throw std::runtime_error(what + " is not JSON");
    }
}

std::string member(const Json& key, const char* name) {
    const auto place = key.find(name);
    return place != key.end() && place->is_string() ? place->get<std::string>() : std::string();
}

// The public part of a key, checked; `what` names the key in complaints.
std::array<unsigned char, 32> publicPart(const Json& key, std::string& kid) {
    if (!key.is_object()) throw std::runtime_error("a key is not a JSON object");
    kid = member(key, "kid");
    if (!isKid(kid)) throw std::runtime_error("a key needs a `kid` of 1 to 64 letters, digits, '-', '_' or '.'");
    if (member(key, "kty") != "OKP" || member(key, "crv") != "Ed25519") {
        throw std::runtime_error("key " + kid + " is not an Ed25519 key (kty OKP, crv Ed25519)");
    }
    const auto decoded = fromBase64url(member(key, "x"));
    std::array<unsigned char, 32> bytes{};
    if (!decoded || decoded->size() != bytes.size()) throw std::runtime_error("key " + kid + ": `x` is not 32 bytes");
    std::copy(decoded->begin(), decoded->end(), bytes.begin());
    if (crypto_core_ed25519_is_valid_point(bytes.data()) != 1) {
        throw std::runtime_error("key " + kid + ": `x` is not a point of the curve");
    }
    return bytes;
}

std::vector<Role> rolesOf(const Json& key, const std::string& kid) {
    std::vector<Role> roles;
    const auto place = key.find("roles");
    if (place == key.end()) return roles;
    if (!place->is_array() || place->empty())
        throw std::runtime_error("key " + kid + ": `roles` is not a list of roles");
    for (const auto& name : *place) {
        const auto role = name.is_string() ? roleNamed(name.get_ref<const std::string&>()) : std::nullopt;
        if (!role) throw std::runtime_error("key " + kid + ": `roles` names what is no role");
        roles.push_back(*role);
    }
    return roles;
}

}  // namespace

SigningKey SigningKey::generate(const std::string& kid) {
    if (!isKid(kid)) throw std::invalid_argument("a key's name is 1 to 64 letters, digits, '-', '_' or '.'");
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    SigningKey key;
    key.kid_ = kid;
    std::array<unsigned char, 32> publicBytes{};
    crypto_sign_keypair(publicBytes.data(), key.secret_.data());
    return key;
}

SigningKey SigningKey::fromJwk(const std::string& text) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    const auto document = parsed(text, "the signing key");
    SigningKey key;
    const auto publicBytes = publicPart(document, key.kid_);
    auto seed = fromBase64url(member(document, "d"));
    if (!seed || seed->size() != crypto_sign_SEEDBYTES)
        throw std::runtime_error("key " + key.kid_ + ": `d` is not 32 bytes");
    std::array<unsigned char, 32> derived{};
    crypto_sign_seed_keypair(derived.data(), key.secret_.data(), bytesOf(*seed));
    sodium_memzero(seed->data(), seed->size());
    if (derived != publicBytes) throw std::runtime_error("key " + key.kid_ + ": its two parts do not belong together");
    return key;
}

SigningKey::~SigningKey() {
    sodium_memzero(secret_.data(), secret_.size());
}

std::string SigningKey::sign(std::string_view message) const {
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, bytesOf(message), message.size(),
                         secret_.data());
    return signature;
}

std::string SigningKey::toJwk() const {
    const std::string_view all(reinterpret_cast<const char*>(secret_.data()), secret_.size());
    return core::dumpJson({{"kty", "OKP"},
                           {"crv", "Ed25519"},
                           {"kid", kid_},
                           {"d", toBase64url(all.substr(0, 32))},
                           {"x", toBase64url(all.substr(32))}});
}

std::string SigningKey::toPublicJwk(const std::vector<Role>& roles) const {
    const std::string_view all(reinterpret_cast<const char*>(secret_.data()), secret_.size());
    Json key = {{"kty", "OKP"}, {"crv", "Ed25519"}, {"alg", "EdDSA"},
                {"use", "sig"}, {"kid", kid_},      {"x", toBase64url(all.substr(32))}};
    for (const auto role : roles) key["roles"].push_back(std::string(nameOf(role)));
    return core::dumpJson(key);
}

bool PublicKey::maySign(Role role) const noexcept {
    return roles.empty() || std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool PublicKey::verifies(std::string_view message, std::string_view signature) const noexcept {
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(bytesOf(signature), bytesOf(message), message.size(), bytes.data()) == 0;
}

KeySet KeySet::fromJwks(const std::string& text) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    const auto document = parsed(text, "the set of public keys");
    if (!document.is_object() || !document.contains("keys") || !document.at("keys").is_array()) {
        throw std::runtime_error("a set of public keys is {\"keys\": [...]}");
    }
    KeySet set;
    for (const auto& key : document.at("keys")) {
        std::string kid;
        PublicKey read;
        read.bytes = publicPart(key, kid);
        if (key.contains("d")) throw std::runtime_error("key " + kid + " shows its private part");
        read.roles = rolesOf(key, kid);
        if (!set.keys_.emplace(kid, std::move(read)).second)
            throw std::runtime_error("key " + kid + " stands there twice");
    }
    return set;
}

const PublicKey* KeySet::find(std::string_view kid) const noexcept {
    const auto place = keys_.find(kid);
    return place == keys_.end() ? nullptr : &place->second;
}

void KeySet::add(const KeySet& other) {
    for (const auto& [kid, key] : other.keys_) keys_.insert_or_assign(kid, key);
}

}  // namespace histologe::auth
