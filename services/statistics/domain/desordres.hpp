// Désordres as statistics count them: by zone, and by critère for the top lists.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "libs/domain/desordres/catalogue.hpp"

namespace histologe::statistics {

// The critère of each précision, by zone; a critère stands as often as it has précisions.
struct CriteresParZone {
    std::vector<std::string> batiment;
    std::vector<std::string> logement;
    // Slugs that the catalogue does not have (a scoring service of a later version): they are in no figure.
    std::vector<std::string> inconnues;
};

CriteresParZone criteresParZone(const desordres::Catalogue& catalogue, const std::vector<std::string>& precisions);

// One place of a top list.
struct Place {
    std::string libelle;
    long long nombre = 0;
    friend bool operator==(const Place&, const Place&) = default;
};

// The most frequent désordres, always kPlaces of them: empty label and 0 where there are fewer. Critères under one name
// are one désordre: the four that tell the humidity of different rooms are. Equal numbers are ordered by the slug of
// the first critère of the name, so that the list does not change from one call to the next. A critère that the
// catalogue no longer has goes by its slug. (Reference of statistics, 1.3.)
inline constexpr std::size_t kPlaces = 5;
std::vector<Place> palmares(const desordres::Catalogue& catalogue, const std::map<std::string, long long>& parCritere);

}  // namespace histologe::statistics
