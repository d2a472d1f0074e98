// Text as people write it: UTF-8 checked, counted in characters, compared without case or accents.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace histologe::core {

// True when the bytes are well-formed UTF-8 (no overlong form, no surrogate, nothing past U+10FFFF).
bool isUtf8(std::string_view text) noexcept;

// Number of code points of well-formed UTF-8; French length limits count characters, not bytes.
std::size_t countCharacters(std::string_view text) noexcept;

// Without leading and trailing ASCII white space.
std::string_view trim(std::string_view text) noexcept;

// The form in which two French texts are the same: lower case, accents and cedillas removed, œ and æ spelt out, runs of
// white space made one blank. For comparing and searching, never for showing.
std::string fold(std::string_view text);

std::vector<std::string> split(std::string_view text, char separator);

// `snake_case_key` -> `snakeCaseKey`: the names under which the front reads its violations.
std::string toCamelCase(std::string_view snake);

// The text with the five characters that mean something in HTML replaced by their entities.
std::string escapeHtml(std::string_view text);

}  // namespace histologe::core
