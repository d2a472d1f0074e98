// The précisions that follow from the dwelling itself and from the number of its occupants.
#pragma once

#include <optional>

#include "libs/domain/desordres/catalogue.hpp"
#include "libs/domain/desordres/faits.hpp"
#include "libs/domain/desordres/regles.hpp"

namespace histologe::desordres {

// Brings the précisions of the dwelling's composition up to date with the facts: those that hold are in, all
// others of the composition are out, so what it gives depends on the facts alone and running it twice changes nothing
// more (reference of scoring, 3.4). By the rules of reference, what answered a question no longer asked stays: both
// précisions of a collective kitchen, of a dwelling with one room and with several, of a kitchen with wc.
void updateComposition(const Catalogue& catalogue, const Faits& faits, PrecisionSet& precisions,
                       Regles regles = Regles::Corrigees) noexcept;

// Is the dwelling too small for its occupants (reference of scoring, 4.6): for those paid a housing benefit, by surface
// (9 m² for one, 16 m² for two, 9 m² for each other, strictly less); for all others, when there is less than one room
// for two people. Unknown surface or rooms: no. Returns the précision that says so.
std::optional<PrecisionIndex> suroccupationOf(const Catalogue& catalogue, const Faits& faits) noexcept;

enum class Retrait : std::uint8_t { Permis, Interdit };

// Adds the précision of overcrowding when the rule holds and removes the other one (by the rules of reference it
// stays); when the rule does not hold, removes both unless removal is forbidden, as it is where people choose
// précisions by hand.
void updateSuroccupation(const Catalogue& catalogue, const Faits& faits, Retrait retrait, PrecisionSet& precisions,
                         Regles regles = Regles::Corrigees) noexcept;

}  // namespace histologe::desordres
