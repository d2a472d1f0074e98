// A mail address that can be put on an envelope without harm.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace histologe::notification {

// The address as we send to it and as two are compared: blanks around it dropped, lower case. Empty when it cannot be
// an address: not `local@domain`, more than 254 bytes in all or 64 before the @ (RFC 5321, 4.5.3.1), a blank, a control
// character, a quote, an angle bracket, a comma, a semicolon, a colon or a parenthesis anywhere, a domain without a dot
// or with an empty or badly hyphenated label, bytes that are not UTF-8.
std::optional<std::string> adresseCourriel(std::string_view texte);

}  // namespace histologe::notification
