// Whether the service takes a signalement at an address: what the first screen of the form asks.
#pragma once

#include <optional>

#include "libs/domain/territoires/communes.hpp"
#include "libs/domain/territoires/territoires.hpp"

namespace histologe::domain {

enum class EtatDesserte {
    Ouvert,
    Ferme,            // no territory, inactive, or not one of its open communes
    CommuneInconnue,  // the pair (postcode, INSEE) is in no row of the table
};

struct Desserte {
    EtatDesserte etat = EtatDesserte::Ferme;
    // The territory when there is one, open or closed; always there when `etat` is Ouvert.
    std::optional<CodeTerritoire> territoire;
};

// The code of a whole city replaced by that of its first arrondissement: (13001, 13055) -> 13201, (69001, 69123) ->
// 69381. Any other pair keeps its INSEE code. To be done before any check. (Reference of intake, 3.2.)
CodeInsee normaliseInsee(CodePostal codePostal, CodeInsee codeInsee) noexcept;

// The same, and a merged commune's code replaced by that of the commune it is part of: what is stored and compared.
CodeInsee codeActuel(const Communes& communes, CodePostal codePostal, CodeInsee codeInsee) noexcept;

// The territories with today's codes in their lists of open communes: a merged commune is open as the one it is part
// of.
Territoires codesActuels(Territoires territoires, const Communes& communes);

// With an INSEE code: the pair, with today's code, must be in the table, then its commune decides. Without: open when
// any commune of the postcode is, with the territory of the first open one (of the first commune when none is open).
// (Reference of intake, 3.2 and 3.3.)
Desserte desserteOf(const Territoires& territoires, const Communes& communes, CodePostal codePostal,
                    std::optional<CodeInsee> codeInsee);

}  // namespace histologe::domain
