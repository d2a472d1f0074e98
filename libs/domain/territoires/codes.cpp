#include "libs/domain/territoires/codes.hpp"

#include <algorithm>

#include "libs/core/text.hpp"

namespace histologe::domain {
namespace {

constexpr std::size_t kCodeLength = 5;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// Five characters, upper case, a lost leading zero put back; false when the length fits neither form.
bool fill(std::string_view text, std::array<char, kCodeLength>& code) {
    const auto trimmed = core::trim(text);
    if (trimmed.size() != kCodeLength && trimmed.size() != kCodeLength - 1) return false;
    code.fill('0');
    std::transform(trimmed.rbegin(), trimmed.rend(), code.rbegin(), upper);
    return true;
}

}  // namespace

std::optional<CodeInsee> CodeInsee::parse(std::string_view text) noexcept {
    CodeInsee code;
    if (!fill(text, code.text_)) return std::nullopt;
    const auto& c = code.text_;
    const bool corsican = c[0] == '2' && (c[1] == 'A' || c[1] == 'B');
    if (!isDigit(c[0]) || !(isDigit(c[1]) || corsican)) return std::nullopt;
    if (!std::all_of(c.begin() + 2, c.end(), isDigit)) return std::nullopt;
    return code;
}

std::optional<CodePostal> CodePostal::parse(std::string_view text) noexcept {
    CodePostal code;
    if (!fill(text, code.text_)) return std::nullopt;
    if (!std::all_of(code.text_.begin(), code.text_.end(), isDigit)) return std::nullopt;
    return code;
}

std::optional<CodeTerritoire> CodeTerritoire::parse(std::string_view text) noexcept {
    const auto trimmed = core::trim(text);
    if (trimmed.size() < 2 || trimmed.size() > 3 || !isDigit(trimmed[0])) return std::nullopt;
    CodeTerritoire code;
    std::transform(trimmed.begin(), trimmed.end(), code.text_.begin(), upper);
    const auto isLetter = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto last = trimmed.size() - 1;
    for (std::size_t i = 1; i < last; ++i) {
        if (!isDigit(code.text_[i])) return std::nullopt;
    }
    if (!isDigit(code.text_[last]) && !isLetter(code.text_[last])) return std::nullopt;
    return code;
}

}  // namespace histologe::domain
