// The three codes by which a place is named: commune (INSEE), post office (postcode), territory. Parsed once, at the
// edge.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace histologe::domain {

// INSEE code of a commune: five characters, digits but for Corsica (`2A004`). Always well formed, not always existing.
class CodeInsee {
  public:
    // Reads `13202`, ` 2a004 ` (blanks around, either case) and `1173`, whose leading zero a spreadsheet ate. Anything
    // else is no code: empty result.
    static std::optional<CodeInsee> parse(std::string_view text) noexcept;

    [[nodiscard]] std::string_view view() const noexcept { return {text_.data(), text_.size()}; }
    [[nodiscard]] std::string str() const { return std::string(view()); }
    friend auto operator<=>(const CodeInsee&, const CodeInsee&) = default;

  private:
    std::array<char, 5> text_{};
};

// French postcode: five digits. Corsica's are `20…`.
class CodePostal {
  public:
    // Reads `13002` and ` 1170 ` (leading zero lost). Anything else is no postcode: empty result.
    static std::optional<CodePostal> parse(std::string_view text) noexcept;

    [[nodiscard]] std::string_view view() const noexcept { return {text_.data(), text_.size()}; }
    [[nodiscard]] std::string str() const { return std::string(view()); }
    friend auto operator<=>(const CodePostal&, const CodePostal&) = default;

  private:
    std::array<char, 5> text_{};
};

// Code of a territory: a department (`13`, `2A`, `974`) or a part of one that is run apart (`69A`, métropole de Lyon).
class CodeTerritoire {
  public:
    // Reads two or three characters, a digit first, then digits or a letter (either case, blanks around). Empty
    // otherwise.
    static std::optional<CodeTerritoire> parse(std::string_view text) noexcept;

    [[nodiscard]] std::string_view view() const noexcept { return {text_.data(), text_[2] == '\0' ? 2U : 3U}; }
    [[nodiscard]] std::string str() const { return std::string(view()); }
    friend auto operator<=>(const CodeTerritoire&, const CodeTerritoire&) = default;

  private:
    std::array<char, 3> text_{};
};

}  // namespace histologe::domain

template <>
struct std::hash<histologe::domain::CodeInsee> {
    std::size_t operator()(const histologe::domain::CodeInsee& code) const noexcept {
        return std::hash<std::string_view>{}(code.view());
    }
};

template <>
struct std::hash<histologe::domain::CodePostal> {
    std::size_t operator()(const histologe::domain::CodePostal& code) const noexcept {
        return std::hash<std::string_view>{}(code.view());
    }
};

template <>
struct std::hash<histologe::domain::CodeTerritoire> {
    std::size_t operator()(const histologe::domain::CodeTerritoire& code) const noexcept {
        return std::hash<std::string_view>{}(code.view());
    }
};
