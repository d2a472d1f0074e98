// Reads a mail back, as a mail reader would: headers unfolded and decoded, parts of a multipart decoded.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace histologe::test {

struct Partie {
    std::map<std::string, std::string> entetes;  // names in lower case; values unfolded, not decoded
    std::string corps;                           // decoded (quoted-printable), lines ended by \n
};

struct Lu {
    std::vector<std::pair<std::string, std::string>> lignes;  // every header as it came, in order
    std::map<std::string, std::string> entetes;               // decoded (RFC 2047)
    std::vector<Partie> parties;
};

// Throws std::runtime_error when the message is not a well-formed multipart.
Lu lire(const std::string& contenu);

// RFC 2047 encoded words in Q form decoded, the white space between two of them dropped.
std::string decoder(std::string_view valeur);

}  // namespace histologe::test
