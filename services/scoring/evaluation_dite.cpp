#include "services/scoring/evaluation_dite.hpp"

#include "services/scoring/domain/changements.hpp"
#include "services/scoring/domain/evaluation_json.hpp"
#include "services/scoring/domain/premiere_generation.hpp"

namespace histologe::scoring {

ReponsesDites reponsesDites(const streams::Event& event) {
    const auto liees = event.data.find("criticites");
    return {event.subject, liees == event.data.end() ? event.data.at("reponses") : core::Json{{"criticites", *liees}},
            event.time};
}

EvaluationDite evaluationDite(const desordres::Catalogue& catalogue, const ReponsesDites& dites,
                              const Evaluation& evaluation, const std::vector<LigneQualification>& avant,
                              core::Instant now) {
    auto data = toJson(catalogue, evaluation);
    data["suspicions"] = toJson(changementsOf(avant, evaluation.qualifications));
    ScoreRow row{dites.signalement,
                 evaluation.catalogue,
                 evaluation.score.score,
                 evaluation.score.scoreBatiment,
                 evaluation.score.scoreLogement,
                 data.at("precisions"),
                 data.at("qualifications"),
                 dites.reponses,
                 now,
                 dites.le};
    return {std::move(row), std::move(data)};
}

std::optional<Evaluation> evaluationImportee(const streams::Event& event, const std::vector<LigneQualification>& avant) {
    const auto liees = event.data.find("criticites");
    if (liees == event.data.end()) return std::nullopt;
    static const Criticites kCriticites = loadShippedCriticites();
    const auto enfants = event.data.value("enfants", core::Json::object());
    const bool hasSome = enfants.value("moinsDeSix", core::Json()) == true || enfants.value("plusDeSix", core::Json()) == true;
    const auto ids = liees->get<std::vector<int>>();
    Evaluation evaluation;
    evaluation.catalogue = kCriticites.version();
    evaluation.score = scoreOf(kCriticites, ids, hasSome);
    for (auto& ligne : updateQualifications(kCriticites, ids, evaluation.score.score)) {
        evaluation.qualifications.push_back({ligne.qualification, ligne.statut, ligne.postVisite, {}, std::move(ligne.nde)});
    }
    for (const auto& ligne : avant) {
        if (ligne.postVisite.value_or(false)) evaluation.qualifications.push_back(ligne);
    }
    return evaluation;
}

}  // namespace histologe::scoring
