// Header fields of a mail: encoded, folded, and never able to open a line of their own.
#pragma once

#include <string>
#include <string_view>

#include "libs/core/clock.hpp"

namespace histologe::notification {

// The text on one line: every run of white space and control characters becomes one blank, none at the ends; bytes that
// are not UTF-8 become U+FFFD. What makes header injection impossible: nothing reaches a header without it.
std::string surUneLigne(std::string_view texte);

// Unstructured header value (RFC 2047): as it is when it is short ASCII, else as UTF-8 encoded words in Q form, cut
// between characters, each at most 75 characters, one a line. The text is first put on one line. `nomEntete` counts in
// the length of the first line.
std::string valeurEncodee(std::string_view nomEntete, std::string_view texte);

// `Nom <adresse>` with the name quoted or encoded as it needs; the address alone when the name is empty. The address
// must have passed adresseCourriel().
std::string boite(std::string_view nomEntete, std::string_view nom, std::string_view adresse);

// RFC 5322 date in UTC: `Wed, 25 Nov 2026 08:30:00 +0000`.
std::string dateDEntete(core::Instant instant);

// Upper case of Latin letters, accents kept (`Bouches-du-Rhône` -> `BOUCHES-DU-RHÔNE`).
std::string majuscules(std::string_view texte);

// Upper case without accents (`BOUCHES-DU-RHONE`), for places where accents trouble old mail readers.
std::string majusculesSansAccent(std::string_view texte);

}  // namespace histologe::notification
