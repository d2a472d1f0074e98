// From an evaluation to the score that is kept and to what is said of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/streams/event.hpp"
#include "services/scoring/domain/evaluation.hpp"
#include "services/scoring/store/scores.hpp"

namespace histologe::scoring {

// What was evaluated: the answers of a signalement, and when they were said; `{"criticites": …}` for an imported one.
struct ReponsesDites {
    std::string signalement;
    core::Json reponses;
    core::Instant le{};
};

ReponsesDites reponsesDites(const streams::Event& event);

struct EvaluationDite {
    ScoreRow row;
    core::Json data;  // of `signalement.evalue`
};

// `avant`: the qualifications of the report so far. `now`: when it was evaluated.
EvaluationDite evaluationDite(const desordres::Catalogue& catalogue, const ReponsesDites& dites,
                              const Evaluation& evaluation, const std::vector<LigneQualification>& avant,
                              core::Instant now);

// The evaluation of an imported report, which holds criticités of the first generation instead of answers; empty for any
// other. What a visit found stays; suspicions are made anew.
std::optional<Evaluation> evaluationImportee(const streams::Event& event, const std::vector<LigneQualification>& avant);

}  // namespace histologe::scoring
