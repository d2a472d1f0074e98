// From an evaluation to the score that is kept and to what is said of it.
#pragma once

#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "services/scoring/domain/evaluation.hpp"
#include "services/scoring/store/scores.hpp"

namespace histologe::scoring {

// What was evaluated: the answers of a signalement, and when they were said.
struct ReponsesDites {
    std::string signalement;
    core::Json reponses;
    core::Instant le{};
};

struct EvaluationDite {
    ScoreRow row;
    core::Json data;  // of `signalement.evalue`
};

// `avant`: the qualifications of the report so far. `now`: when it was evaluated.
EvaluationDite evaluationDite(const desordres::Catalogue& catalogue, const ReponsesDites& dites,
                              const Evaluation& evaluation, const std::vector<LigneQualification>& avant,
                              core::Instant now);

}  // namespace histologe::scoring
