// Codes that are themselves the key: compared without telling how nearly right a guess was.
#pragma once

#include <string>
#include <string_view>

namespace histologe::intake {

// True when the two are equal. Takes the same time whatever they hold; only their lengths show.
bool memeSecret(std::string_view un, std::string_view autre);

// Lower-case hexadecimal SHA-256: under which a secret is kept when it is only ever compared.
std::string empreinteDuSecret(std::string_view secret);

// A landlord's code as it is read aloud and typed: 16 characters, `7KQM-2XHA-PB4D-9TZC`. About 79 random bits. None
// that is taken for another (0 O, 1 I).
std::string nouveauCodeBailleur();

// What was typed in the form in which it is kept: capitals, groups of four; empty when it is no such code.
std::string codeBailleurNormalise(std::string_view saisie);

}  // namespace histologe::intake
