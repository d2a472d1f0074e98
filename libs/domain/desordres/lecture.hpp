// From the answers of the usager's form to the précisions they declare (reference of scoring, 3.1 to 3.4 and 4.6).
#pragma once

#include "libs/domain/desordres/catalogue.hpp"
#include "libs/domain/desordres/composition.hpp"
#include "libs/domain/desordres/faits.hpp"

namespace histologe::desordres {

struct Lecture {
    PrecisionSet precisions;
    Faits faits;
};

// Reads the payload of a form once: the critères ticked in the catégories listed under `categorieDisorders`, what
// follows from the dwelling's composition, and overcrowding. An empty or absent `categorieDisorders` yields no
// précision at all, not even those of the dwelling. The order of the answers does not matter. An answer that leads to
// no précision (a leak of which nothing is known, for instance) yields none and leaves the rest as it is. Never throws
// on content. Answers that hold `precisionsChoisies`, a list of slugs, are those of somebody who chose by hand (an agent, a
// rescue service): these précisions count, with what follows from the dwelling and from its occupants, and none that was
// chosen is ever taken away.
Lecture read(const Catalogue& catalogue, const core::Json& reponses);

// The précisions alone. A final submission whose set is empty makes no signalement.
PrecisionSet precisionsOf(const Catalogue& catalogue, const core::Json& reponses);

// What one critère yields, whether or not its catégorie is listed; nothing when a box of its own is needed and not
// ticked.
PrecisionSet precisionsOfCritere(const Catalogue& catalogue, CritereIndex critere, const core::Json& reponses);

}  // namespace histologe::desordres
