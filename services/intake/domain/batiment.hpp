// The building of a dwelling, chosen on the map of the national register of buildings (RNB).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace histologe::intake {

// The register's identifier as it is stored, twelve capitals and digits: read with or without its hyphens and blanks, in
// any case (`abcd-1234-efgh`). Empty when it is none.
std::optional<std::string> identifiantRnb(std::string_view texte);

}  // namespace histologe::intake
