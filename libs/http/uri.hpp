// Percent-encoding and the parts of a request target (RFC 3986).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/http/message.hpp"

namespace histologe::http {

// Decodes `%41`; `+` becomes a blank when asked (query strings and forms). Empty when an escape is broken.
std::optional<std::string> percentDecode(std::string_view text, bool plusIsBlank = false);

// Encodes all but the unreserved characters.
std::string encodePathSegment(std::string_view text);
std::string encodeQueryValue(std::string_view text);

// Reads `a=1&b=2`. Empty when an escape is broken, or a name or value is not UTF-8 or holds a NUL.
std::optional<Parameters> parseQuery(std::string_view text);

// A `Link` (RFC 8288) to the page after this one: the address of the request with everything that it was asked with, and
// `cursor` for `curseur`.
std::string nextPage(const Request& request, std::string_view cursor);

}  // namespace histologe::http
