// The public figures, from what was counted to what is served.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "libs/domain/desordres/catalogue.hpp"
#include "services/statistics/domain/releve.hpp"

namespace histologe::statistics {

// The document of the public figures, members in the documented order. (Reference of statistics, 1.2 and 1.3.) Two
// traits of the original are not kept: an empty map is `{}` here and was `[]`, and the monthly series has every month
// between its first and its last and no other. The territory is named by its code.
nlohmann::ordered_json chiffresPublics(const Releve& releve, const desordres::Catalogue& catalogue);

// The territories whose dossiers a territory's monthly series takes: itself, and for Rhône also the métropole de Lyon,
// which is run apart. (Reference of statistics, 1.3.)
std::vector<std::string> territoiresDeLaSerie(const std::string& code);

}  // namespace histologe::statistics
