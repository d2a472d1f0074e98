// The criticality score of a report (reference of scoring, 2.1).
#pragma once

#include <cstdint>

#include "libs/domain/desordres/catalogue.hpp"

namespace histologe::desordres {

// 0 to 100. The zone scores stand as they are, without the children's factor nor the cap: the one of the dwelling may
// exceed 100, because its divisor is lower than what all its désordres weigh together. Nothing is rounded.
struct Score {
    double score = 0;
    double scoreBatiment = 0;
    double scoreLogement = 0;
    friend bool operator==(const Score&, const Score&) = default;
};

// What the weights of a zone are held against; the score is 100 at most, and a tenth more with children under six.
constexpr int maximumOf(Zone zone) noexcept {
    return zone == Zone::Batiment ? 84 : 102;
}
inline constexpr double kScoreMax = 100;
inline constexpr double kFacteurEnfants = 1.1;

// Mean of the two zones (weights over 84 for the building, over 102 for the dwelling, in percent), a tenth more when
// children under six live there, 100 at most. Computed on whole numbers and divided once, so that a score that is
// exactly on the edge of a band is exactly that number.
Score scoreOf(const Catalogue& catalogue, const PrecisionSet& precisions, bool enfants) noexcept;

// The bands that decide on suspicions; each upper bound belongs to its band. A negative score, which no report has,
// counts as above all.
enum class Bande : std::uint8_t { JusquA10, JusquA30, JusquA50, AuDela };
Bande bandeOf(double score) noexcept;

}  // namespace histologe::desordres
