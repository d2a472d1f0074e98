#include "libs/auth/secrets.hpp"

#include <algorithm>

#include <sodium.h>

#include "libs/core/digest.hpp"
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
    return core::sha256Hex({secret});
}

std::string newCode(int digits) {
    std::string code;
    for (int i = 0; i < digits; ++i) code += static_cast<char>('0' + randombytes_uniform(10));
    return code;
}

}  // namespace histologe::auth
