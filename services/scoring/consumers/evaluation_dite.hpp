// From an event that carries answers to the score that is kept and to what is said of it.
#pragma once

#include <vector>

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/streams/event.hpp"
#include "services/scoring/domain/evaluation.hpp"
#include "services/scoring/store/scores.hpp"

namespace histologe::scoring {

struct EvaluationDite {
    ScoreRow row;
    core::Json data;  // of `signalement.evalue`
};

// `avant`: the qualifications of the report so far.
EvaluationDite evaluationDite(const desordres::Catalogue& catalogue, const streams::Event& event,
                              const Evaluation& evaluation, const std::vector<LigneQualification>& avant,
                              core::Instant now);

}  // namespace histologe::scoring
