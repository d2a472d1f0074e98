#include "libs/core/log.hpp"
#include "services/statistics/consumers/consumers.hpp"
#include "services/statistics/consumers/lecture.hpp"
#include "services/statistics/domain/desordres.hpp"
#include "services/statistics/store/dossiers.hpp"

namespace histologe::statistics {
namespace {

Evaluation lire(const streams::Event& event) {
    Evaluation evaluation;
    evaluation.signalement = signalementDe(event);
    evaluation.score = nombre(event, "score");
    evaluation.scoreBatiment = nombre(event, "scoreBatiment");
    evaluation.scoreLogement = nombre(event, "scoreLogement");
    evaluation.precisions = textes(event, "precisions");
    evaluation.versionCatalogue = texteOuRien(event, "versionCatalogue").value_or("");
    evaluation.ditLe = event.time;
    return evaluation;
}

}  // namespace

void onSignalementEvalue(postgres::Transaction& transaction, const Events& events,
                         const desordres::Catalogue& catalogue) {
    auto evaluations = derniers(events, &Evaluation::signalement, lire);
    std::size_t unknown = 0;
    for (auto& evaluation : evaluations) {
        auto criteres = criteresParZone(catalogue, evaluation.precisions);
        evaluation.criteresBatiment = std::move(criteres.batiment);
        evaluation.criteresLogement = std::move(criteres.logement);
        unknown += criteres.inconnues.size();
    }
    if (unknown > 0) {
        core::log::warning(
            "precisions_unknown",
            {{"count", unknown}, {"ours", catalogue.version()}, {"theirs", evaluations.front().versionCatalogue}});
    }
    saveEvaluations(transaction, evaluations);
}

}  // namespace histologe::statistics
