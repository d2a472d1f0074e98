// The usager's space: how he is recognised, and what he may write.
#pragma once

#include <cstddef>
#include <string_view>

namespace histologe::intake {

// True when what was typed is one letter, and the first of the name, case and accents apart (reference of intake, 2.5).
// A ligature is one letter: `Œ` for Œuvrard. What is no letter or figure at the head of a name does not count.
bool initialeConcorde(std::string_view saisie, std::string_view nom);

// The shortest message and explanation, in characters without the blanks around; and the longest.
inline constexpr std::size_t kTexteMin = 10;
inline constexpr std::size_t kTexteMax = 10000;

// Why a text is no message: `trop_court`, `trop_long`, `image_collee` (a picture pasted as text), `caractere_interdit`
// (characters that nobody types). Empty when it is one.
std::string_view refusDuTexte(std::string_view texte);
// The same in words, for people.
std::string_view motsDuRefus(std::string_view refus) noexcept;

}  // namespace histologe::intake
