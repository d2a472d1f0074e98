// Reading the texts people type: numbers, days, months. Nothing here throws or depends on the locale.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace histologe::intake {

// A decimal number as the form's languages write it: blanks around, a sign, digits, a point, an exponent. No comma, no
// hexadecimal, no infinity. Empty when the text is anything else.
std::optional<double> nombreDe(std::string_view texte) noexcept;

// The text of a number: no decimals when it is whole (`3`), the shortest exact decimals otherwise (`89.5`).
std::string texteDe(double nombre);

// The number made of the digits of the text, whatever stands between (`RDC + 2` -> 2): the reading of counts in the
// reference of intake, 1.9. Empty without a digit; at most nine digits are read.
std::optional<int> entierDe(std::string_view texte) noexcept;

// The amount made of the digits and points of the text (`1 200,50` -> 120050: reference of intake, 1.9). Empty when no
// digit remains or when the rest is not a number.
std::optional<double> montantDe(std::string_view texte);

// A day that exists, written `YYYY-MM-DD`.
std::optional<std::chrono::sys_days> jourDe(std::string_view texte) noexcept;

// The first day of a month written `MM/YYYY`, 01-12, from 1900 to 2099.
std::optional<std::chrono::sys_days> moisDe(std::string_view texte) noexcept;

// `YYYY-MM-DD` of a day.
std::string texteDe(std::chrono::sys_days jour);

// What one pass over a text tells: its length in characters, and whether it holds characters that no answer may hold
// (control characters; line breaks are told apart).
struct Mesure {
    std::size_t caracteres = 0;
    bool interdits = false;
    bool sautsDeLigne = false;
};
Mesure mesurer(std::string_view texte) noexcept;

}  // namespace histologe::intake
