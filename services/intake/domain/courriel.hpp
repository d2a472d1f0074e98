// What may be an e-mail address.
#pragma once

#include <string_view>

namespace histologe::intake {

// True for an address that a mail server will take as it is: a dotted local part of at most 64 plain characters, a
// domain of letters, digits and hyphens with at least one dot, at most 254 characters in all. Stricter than RFC 5322 on
// purpose (no comment, quoted part, address literal or obsolete form: the strict mode of the reference, 1.7), and ASCII
// only.
bool courrielValide(std::string_view texte) noexcept;

}  // namespace histologe::intake
