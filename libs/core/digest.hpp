// SHA-256 and hexadecimal digits.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace histologe::core {

// SHA-256 (FIPS 180-4) of the parts, one after the other, as if they were one text: 32 bytes.
std::string sha256(std::initializer_list<std::string_view> parts);

// Two digits of lower case for each byte.
std::string toHex(std::string_view bytes);

// toHex(sha256(...)): 64 digits.
std::string sha256Hex(std::initializer_list<std::string_view> parts);

}  // namespace histologe::core
