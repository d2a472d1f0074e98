// The alphabet of tokens and keys (RFC 4648, section 5), without padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace histologe::auth {

std::string toBase64url(std::string_view bytes);

// The bytes of a text in the only form in which it may be written: empty for padding, blanks, another alphabet, or
// left-over bits that are not zero.
std::optional<std::string> fromBase64url(std::string_view text);

}  // namespace histologe::auth
