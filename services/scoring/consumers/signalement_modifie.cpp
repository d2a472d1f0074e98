#include "services/scoring/consumers/signalement_modifie.hpp"

#include "services/scoring/domain/evaluation_json.hpp"
#include "services/scoring/evaluation_dite.hpp"
#include "services/scoring/store/passees.hpp"

namespace histologe::scoring {

streams::Handler onSignalementModifie(const desordres::Catalogue& catalogue, const streams::Outbox& outbox,
                                      const core::Clock& clock) {
    return [&](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<std::string> signalements;
        for (const auto* event : events) signalements.push_back(event->subject);
        auto known = lockScores(transaction, signalements);
        std::map<std::string, ScoreRow> replaced;
        std::vector<streams::Event> evaluated;
        std::vector<EvaluationPassee> passees;
        for (const auto* event : events) {
            const auto found = known.find(event->subject);
            if (found != known.end() && found->second.reponsesLe > event->time) continue;
            auto lignes = found == known.end() ? std::vector<LigneQualification>()
                                               : lignesFromJson(catalogue, found->second.qualifications);
            const auto avant = lignes;
            const auto lecture = desordres::read(catalogue, event->data.at("reponses"));
            refreshDpe(lecture.faits, lignes);
            const auto imported = evaluationImportee(*event, avant);
            const auto evaluation =
                imported ? *imported : reevaluate(catalogue, lecture.precisions, lecture.faits, {}, std::move(lignes));
            auto dite = evaluationDite(catalogue, reponsesDites(*event), evaluation, avant, clock.now());
            if (found != known.end() && differs(found->second, dite.row)) {
                passees.push_back({found->second, clock.now(), "signalement.modifie", dite.data.at("suspicions")});
            }
            evaluated.push_back(outbox.make("signalement.evalue", event->subject, std::move(dite.data)));
            known[event->subject] = dite.row;
            replaced[event->subject] = std::move(dite.row);
        }
        std::vector<ScoreRow> rows;
        for (auto& [signalement, row] : replaced) rows.push_back(std::move(row));
        replaceScores(transaction, rows);
        insertPassees(transaction, passees);
        outbox.add(transaction, evaluated);
    };
}

}  // namespace histologe::scoring
