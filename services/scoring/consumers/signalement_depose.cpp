#include "services/scoring/consumers/signalement_depose.hpp"

#include <unordered_map>

#include "services/scoring/domain/evaluation_json.hpp"
#include "services/scoring/domain/soupcons.hpp"
#include "services/scoring/store/scores.hpp"

namespace histologe::scoring {

streams::Handler onSignalementDepose(const desordres::Catalogue& catalogue, const streams::Outbox& outbox,
                                     const core::Clock& clock) {
    return [&](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<ScoreRow> rows;
        std::unordered_map<std::string, core::Json> said;
        for (const auto* event : events) {
            const auto& reponses = event->data.at("reponses");
            const auto evaluated = evaluate(catalogue, reponses);
            auto evaluation = toJson(catalogue, evaluated);
            evaluation["soupcons"] = {{"apparus", soupconsEnCours(evaluated.qualifications)},
                                      {"termines", core::Json::array()}};
            rows.push_back({event->subject, catalogue.version(), evaluation.at("score").get<double>(),
                            evaluation.at("scoreBatiment").get<double>(), evaluation.at("scoreLogement").get<double>(),
                            evaluation.at("precisions"), evaluation.at("qualifications"), reponses, clock.now(),
                            event->time});
            said.try_emplace(event->subject, std::move(evaluation));
        }
        std::vector<streams::Event> evenements;
        for (const auto& signalement : insertScores(transaction, rows)) {
            evenements.push_back(outbox.make("signalement.evalue", signalement, std::move(said.at(signalement))));
        }
        outbox.add(transaction, evenements);
    };
}

}  // namespace histologe::scoring
