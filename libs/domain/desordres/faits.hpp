// What a report says of the dwelling, the household and the energy certificate, as far as the rules read it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "libs/core/json.hpp"

namespace histologe::desordres {

class Catalogue;

// An answer to a question that is answered by oui or non. Null and the empty text count as no answer.
enum class Reponse : std::uint8_t { Absente, Oui, Non, Autre };

// Where the answers stand: in the form's payload, whose numbers of things are rounded up, or in the composition
// document of a report already made, whose numbers are cut to whole ones.
enum class Origine : std::uint8_t { Formulaire, Document };

struct Faits {
    Reponse sousComblesSansFenetre = Reponse::Absente;
    Reponse sousSolSansFenetre = Reponse::Absente;
    bool pieceUnique = false;
    Reponse pieceAVivre9m = Reponse::Absente;
    Reponse cuisine = Reponse::Absente;
    Reponse cuisineCollective = Reponse::Absente;
    Reponse salleDeBain = Reponse::Absente;
    Reponse salleDeBainCollective = Reponse::Absente;
    Reponse wc = Reponse::Absente;
    Reponse wcCollectif = Reponse::Absente;
    Reponse wcCuisine = Reponse::Absente;
    std::optional<double> superficie;  // m², more than 0
    int nombreOccupants = 0;
    int nombrePieces = 0;                   // 0: unknown
    bool foyerConnu = true;                 // false: nothing was recorded of the household, overcrowding cannot be told
    Reponse allocation = Reponse::Absente;  // is the occupant paid a housing benefit
    Reponse enfants = Reponse::Absente;     // children under six
    Reponse assuranceContactee = Reponse::Absente;
    Reponse dpe = Reponse::Absente;  // is there an energy certificate
    bool dpeAvant2023 = false;
    std::optional<std::string> classeEnergetique;
    std::optional<int> dpeConso;        // kWh a year
    std::optional<int> dpeConsoFinale;  // kWh a square metre and a year
};

// The facts under their names of the form (`type_logement_…`, `composition_logement_…`, `bail_dpe_…`). Anything that is
// not understood is as if unsaid; never throws.
Faits faitsOf(const Catalogue& catalogue, const core::Json& reponses, Origine origine = Origine::Formulaire);

}  // namespace histologe::desordres
