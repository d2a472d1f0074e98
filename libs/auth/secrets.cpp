#include "libs/auth/secrets.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "libs/core/ids.hpp"

namespace histologe::auth {

std::string newSecret() {
    return core::randomHex(32);
}

bool hasFormOfSecret(std::string_view text) noexcept {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

std::string fingerprint(std::string_view secret) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(secret.data()), secret.size());
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(digest.size() * 2);
    for (const auto byte : digest) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

std::string newCode(int digits) {
    std::string code;
    for (int i = 0; i < digits; ++i) code += static_cast<char>('0' + randombytes_uniform(10));
    return code;
}

}  // namespace histologe::auth
