// Where the dwellings of dossiers are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::routing {

struct Localisation {
    std::string signalement;
    std::string precision;
    std::optional<std::string> banId;
    std::optional<std::string> rnbId;
    std::optional<std::string> codePostal;
    std::optional<std::string> commune;
    std::optional<std::string> codeInsee;
    std::optional<double> longitude;
    std::optional<double> latitude;
    core::Instant le{};
};

// Writes them into their dossiers; an older answer never replaces a newer one, and what an answer does not know of the
// commune stays. Returns the dossiers that are to be routed again: nobody was found for them while they had no
// position, no person has validated or refused them, and now they have one. Imported ones are never among them.
std::vector<std::string> saveLocalisations(postgres::Transaction& transaction,
                                           const std::vector<Localisation>& localisations);

}  // namespace histologe::routing
