// Small readings of the cells of the historical import.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace histologe::intake {

constexpr bool estChiffre(char c) noexcept {
    return c >= '0' && c <= '9';
}

// A whole number of one to nine digits and nothing else.
std::optional<int> entierStrict(std::string_view texte);

// A day of the calendar; empty when there is none, or outside of the years 1 to 9999.
std::optional<std::chrono::sys_days> jourValide(int annee, int mois, int jour);

// Cut to so many characters, never within one.
std::string couper(std::string_view texte, std::size_t longueur);

// Entries that a hyphen begins: one that stands where a word could begin, not one within a word.
std::vector<std::string> entreesDe(std::string_view texte);

// The numbers in a text, whatever stands around them.
std::vector<double> nombresDe(std::string_view texte);

}  // namespace histologe::intake
