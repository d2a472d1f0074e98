// Secrets that we hand out and know again: refresh tokens, links in mails, opaque access tokens.
#pragma once

#include <string>
#include <string_view>

namespace histologe::auth {

// 32 random bytes as 64 hexadecimal digits.
std::string newSecret();

// True for what newSecret() makes: 64 digits of lower case.
bool hasFormOfSecret(std::string_view text) noexcept;

// What is kept of a secret: whoever reads it cannot find the secret again. 64 hexadecimal digits. Not for what people
// choose or could guess: there are few such texts, and this is fast.
std::string fingerprint(std::string_view secret);

// `digits` decimal digits, each equally likely.
std::string newCode(int digits);

}  // namespace histologe::auth
