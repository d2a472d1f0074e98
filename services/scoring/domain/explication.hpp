// Why a score is what it is: what each précision brings, out of how much, and what was applied to the whole.
#pragma once

#include <vector>

#include "libs/core/json.hpp"
#include "libs/domain/desordres/score.hpp"

namespace histologe::scoring {

// What one précision weighs. `points` is its part of the score before the factor and the cap: the points of a report
// add up to its `moyenne`.
struct Contribution {
    desordres::PrecisionIndex precision;
    double poids = 0;
    double points = 0;
};

struct ExplicationZone {
    desordres::Zone zone;
    double poids = 0;    // of the précisions of the zone, together
    double maximum = 0;  // that the weight is held against
    double score = 0;    // percent; may exceed 100 for the dwelling
};

struct Explication {
    std::vector<ExplicationZone> zones;       // building, dwelling
    std::vector<Contribution> contributions;  // the heaviest first, then in catalogue order
    double moyenne = 0;                       // of the two zones
    double facteurEnfants = 1;                // 1.1 when children under six live there
    bool plafonne = false;                    // true: more than 100 was cut to 100
    desordres::Score score;
};

// Explains the score that scoreOf() gives for the same arguments.
Explication explain(const desordres::Catalogue& catalogue, const desordres::PrecisionSet& precisions, bool enfants);

// {version, score, moyenne, facteurEnfants, plafonne, zones: [{zone, poids, maximum, score}], contributions:
// [{precision, libelle, critere, zone, poids, points}]}. Nothing is rounded.
core::Json toJson(const desordres::Catalogue& catalogue, const Explication& explication);

}  // namespace histologe::scoring
