// Phone numbers as the form sends them and as they are kept.
#pragma once

#include <string>
#include <string_view>

namespace histologe::intake {

// The kept form (reference of intake, 1.4): spaces, hyphens, dots and parentheses removed, then `+` and the dialling
// code put before; the leading 0 stays (`06 39 98 00 01` -> `+330639980001`). `pays` is the companion answer of the
// form, `FR:33`; its part after the colon is the code, 33 when it is empty or has none. Decision (the reference knows
// +33 and 0033 only): a number that begins with `+` or `00` says its country itself and keeps it; so does `33` before
// nine digits.
std::string telephoneNormalise(std::string_view saisie, std::string_view pays);

// True when the numbering plans of the world hold the number possible and it is written in one of the kept ways: `+`,
// code and national number with or without its 0, the same without `+`, or nationally (reference of intake, 1.7).
// Spaces, hyphens, dots and parentheses do not count. French numbers in the kept form are decided without the plans.
bool telephoneValide(std::string_view texte);

}  // namespace histologe::intake
