// Reading JSON from outside: bounded depth, no duplicate keys, valid UTF-8. Writing it compactly.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace histologe::core {

using Json = nlohmann::json;

inline constexpr std::size_t kMaxJsonDepth = 64;

// Parses a whole document. Throws core::Error (InvalidInput) with code `json_malforme` (syntax, invalid UTF-8, trailing
// bytes), `json_trop_profond` (more than maxDepth nested arrays and objects) or `json_cle_repetee` (an object names a key
// twice: which of the two values was meant cannot be known). Never recurses, so hostile nesting cannot exhaust the stack.
Json parseJson(std::string_view text, std::size_t maxDepth = kMaxJsonDepth);

// Compact text of a document; bytes that are not UTF-8 become U+FFFD, so it never throws on content.
std::string dumpJson(const Json& document);

}  // namespace histologe::core
