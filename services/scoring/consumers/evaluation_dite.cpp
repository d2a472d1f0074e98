#include "services/scoring/consumers/evaluation_dite.hpp"

#include "services/scoring/domain/changements.hpp"
#include "services/scoring/domain/evaluation_json.hpp"

namespace histologe::scoring {

EvaluationDite evaluationDite(const desordres::Catalogue& catalogue, const streams::Event& event,
                              const Evaluation& evaluation, const std::vector<LigneQualification>& avant,
                              core::Instant now) {
    auto data = toJson(catalogue, evaluation);
    data["suspicions"] = toJson(changementsOf(avant, evaluation.qualifications));
    ScoreRow row{event.subject,
                 evaluation.catalogue,
                 evaluation.score.score,
                 evaluation.score.scoreBatiment,
                 evaluation.score.scoreLogement,
                 data.at("precisions"),
                 data.at("qualifications"),
                 event.data.at("reponses"),
                 now,
                 event.time};
    return {std::move(row), std::move(data)};
}

}  // namespace histologe::scoring
