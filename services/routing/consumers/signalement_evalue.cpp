#include "services/routing/consumers/signalement_evalue.hpp"

#include <unordered_map>

#include "services/routing/store/dossiers.hpp"
#include "services/routing/store/recherche_fiches.hpp"

namespace histologe::routing {

streams::Handler onSignalementEvalue(Orienteur& orienteur) {
    return [&orienteur](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::unordered_map<std::string, Evaluation> last;  // of several evaluations in one batch the last one counts
        std::vector<std::string> signalements;
        for (const auto* event : events) {
            const auto& data = event->data;
            last[event->subject] = {event->subject,
                                    data.at("score").get<double>(),
                                    data.at("scoreBatiment").get<double>(),
                                    data.at("scoreLogement").get<double>(),
                                    data.at("qualifications"),
                                    event->time};
        }
        std::vector<Evaluation> batch;
        for (const auto& [signalement, evaluation] : last) {
            batch.push_back(evaluation);
            signalements.push_back(signalement);
        }
        retenirListes(transaction);
        saveEvaluations(transaction, batch);
        orienteur.orienter(transaction, signalements);
        rafraichirListes(transaction, signalements);
    };
}

}  // namespace histologe::routing
