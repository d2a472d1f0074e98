// The two suspicions that more than one service has to know of at once: they decide whether a declaration may begin by
// the accelerated procedure (reference of scoring, 4.2, 4.3 and 6.1). Scoring says all the others.
#pragma once

#include <optional>

#include "libs/domain/desordres/catalogue.hpp"
#include "libs/domain/desordres/faits.hpp"

namespace histologe::desordres {

// The suspicion of insalubrité that follows from a score: above 10 there is always one, and the lesser one (a breach of
// salubrity) only up to 30 and when no précision suspects insalubrité by itself. Empty: none.
std::optional<domain::StatutQualification> insalubriteSuspectee(const Catalogue& catalogue,
                                                                const PrecisionSet& precisions, double score) noexcept;

// The précisions that put somebody in danger; danger is suspected as soon as there is one.
PrecisionSet dangers(const Catalogue& catalogue, const PrecisionSet& precisions) noexcept;

// True when a new report suspects danger or insalubrité, the lesser breach included: it needs an authority, and a letter
// to the landlord is not enough.
bool appelleUneAutorite(const Catalogue& catalogue, const PrecisionSet& precisions, const Faits& faits) noexcept;

}  // namespace histologe::desordres
