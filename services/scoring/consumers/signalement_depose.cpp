#include "services/scoring/consumers/signalement_depose.hpp"

#include <unordered_map>

#include "services/scoring/evaluation_dite.hpp"

namespace histologe::scoring {

streams::Handler onSignalementDepose(const desordres::Catalogue& catalogue, const streams::Outbox& outbox,
                                     const core::Clock& clock) {
    return [&](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<ScoreRow> rows;
        std::unordered_map<std::string, core::Json> said;
        for (const auto* event : events) {
            const auto imported = evaluationImportee(*event, {});
            const auto evaluation = imported ? *imported : evaluate(catalogue, event->data.at("reponses"));
            auto dite = evaluationDite(catalogue, reponsesDites(*event), evaluation, {}, clock.now());
            rows.push_back(std::move(dite.row));
            said.try_emplace(event->subject, std::move(dite.data));
        }
        std::vector<streams::Event> evaluated;
        for (const auto& signalement : insertScores(transaction, rows)) {
            evaluated.push_back(outbox.make("signalement.evalue", signalement, std::move(said.at(signalement))));
        }
        outbox.add(transaction, evaluated);
    };
}

}  // namespace histologe::scoring
