#include "libs/files/signed_link.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace histologe::files {
namespace {

std::string mac(const std::string& secret, std::string_view resource, core::Instant expiry) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(expiry).time_since_epoch().count();
    const auto text = std::to_string(seconds) + "\n" + std::string(resource);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
    crypto_auth_hmacsha256_final(&state, digest.data());
    std::array<char, 2 * crypto_auth_hmacsha256_BYTES + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

}  // namespace

LinkSigner::LinkSigner(std::vector<std::string> secrets) : secrets_(std::move(secrets)) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
    if (secrets_.empty()) throw std::invalid_argument("links need a secret");
    for (const auto& secret : secrets_) {
        if (secret.size() < 32) throw std::invalid_argument("a secret of links has 32 characters or more");
    }
}

std::string LinkSigner::sign(std::string_view resource, core::Instant expiry) const {
    return mac(secrets_.front(), resource, expiry);
}

bool LinkSigner::verify(std::string_view resource, core::Instant expiry, std::string_view signature,
                        core::Instant now) const {
    bool ours = false;
    for (const auto& secret : secrets_) {
        const auto expected = mac(secret, resource, expiry);
        ours |= signature.size() == expected.size() &&
                sodium_memcmp(signature.data(), expected.data(), expected.size()) == 0;
    }
    return ours && now <= expiry;
}

}  // namespace histologe::files
