// When two addresses are the same place: the one way of folding them, for what is stored and for what is looked for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/domain/territoires/communes.hpp"

namespace histologe::intake {

// Number and street as they are compared: case, accents, apostrophes, hyphens, commas and full stops do not count, a
// number and its letters are apart (`12bis` -> `12 bis`), and the usual abbreviations are spelt out (`av.` -> `avenue`,
// `St` -> `saint`). For comparing, never for showing.
std::string voiePliee(std::string_view voie);

// The commune of an INSEE code: an arrondissement of Paris, Lyon or Marseille is its city (`13202` -> `13055`). Other
// texts are returned in capitals.
std::string communeEntiere(std::string_view codeInsee);

// By what signalements of one place are found: street, postcode and commune. The commune is told by its code, since
// people write one name in many ways.
std::string cleAdresse(std::string_view voie, std::string_view codePostal, std::string_view codeInsee);

// The same for an address of which only the commune's name is known: one key for each commune of the postcode that
// bears that name; none when no commune does.
std::vector<std::string> clesAdresse(std::string_view voie, std::string_view codePostal, std::string_view commune,
                                     const domain::Communes& communes);

}  // namespace histologe::intake
