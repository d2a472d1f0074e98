// The précisions that follow from the dwelling itself and from the number of its occupants.
#pragma once

#include <optional>

#include "libs/domain/desordres/catalogue.hpp"
#include "libs/domain/desordres/faits.hpp"

namespace histologe::desordres {

// Brings the précisions of the dwelling's composition up to date with the facts: adds those that hold, removes those
// that no longer do. As in the service of reference, the answer to a question no longer asked is left as it was: the
// two précisions of a collective kitchen, of the kind of dwelling with one or several rooms, of a kitchen with wc
// (reference of scoring, 3.4). Running it twice changes nothing more.
void updateComposition(const Catalogue& catalogue, const Faits& faits, PrecisionSet& precisions) noexcept;

// Is the dwelling too small for its occupants (reference of scoring, 4.6): for those paid a housing benefit, by surface
// (9 m² for one, 16 m² for two, 9 m² for each other, strictly less); for all others, when there is less than one room
// for two people. Unknown surface or rooms: no. Returns the précision that says so.
std::optional<PrecisionIndex> suroccupationOf(const Catalogue& catalogue, const Faits& faits) noexcept;

enum class Retrait : std::uint8_t { Permis, Interdit };

// Adds the précision of overcrowding when the rule holds (another one already there stays); when it does not, removes
// both unless removal is forbidden, as it is where people choose précisions by hand.
void updateSuroccupation(const Catalogue& catalogue, const Faits& faits, Retrait retrait,
                         PrecisionSet& precisions) noexcept;

}  // namespace histologe::desordres
