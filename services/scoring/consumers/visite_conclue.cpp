#include "services/scoring/consumers/visite_conclue.hpp"

#include "libs/core/error.hpp"
#include "services/scoring/domain/changements.hpp"
#include "services/scoring/domain/evaluation_json.hpp"
#include "services/scoring/store/passees.hpp"

namespace histologe::scoring {
namespace {

// `data` of `signalement.evalue` for a score whose findings alone changed.
core::Json saidOf(const desordres::Catalogue& catalogue, const ScoreRow& row) {
    auto criteres = core::Json::array();
    const auto precisions = catalogue.setOf(row.precisions.get<std::vector<std::string>>());
    for (const auto critere : catalogue.criteresOf(precisions)) criteres.push_back(catalogue.critere(critere).slug);
    return {{"catalogue", row.version},
            {"score", row.score},
            {"scoreBatiment", row.scoreBatiment},
            {"scoreLogement", row.scoreLogement},
            {"criteres", std::move(criteres)},
            {"precisions", row.precisions},
            {"qualifications", row.qualifications},
            {"suspicions", toJson(Changements{})}};
}

}  // namespace

streams::Handler onVisiteConclue(const desordres::Catalogue& catalogue, const streams::Outbox& outbox,
                                 const core::Clock& clock) {
    return [&](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<std::string> signalements;
        for (const auto* event : events) signalements.push_back(event->subject);
        auto known = lockScores(transaction, signalements);
        const auto now = clock.now();
        std::map<std::string, ScoreRow> replaced;
        std::vector<EvaluationPassee> passees;
        std::vector<streams::Event> said;
        for (const auto* event : events) {
            const auto found = known.find(event->subject);
            if (found == known.end()) {
                throw core::Error(core::ErrorKind::Internal, "score_inconnu", "Ce signalement n'a pas de score.", {},
                                  event->subject);
            }
            auto row = found->second;
            auto lignes = lignesFromJson(catalogue, row.qualifications);
            retenirConclusions(event->data.at("interventionId").get<std::string>(),
                               event->data.at("conclusions").get<std::vector<std::string>>(), lignes);
            row.qualifications = core::Json::array();
            for (const auto& ligne : lignes) row.qualifications.push_back(toJson(catalogue, ligne));
            if (!differs(found->second, row)) continue;
            row.evalueLe = now;
            passees.push_back({found->second, now, "visite.conclue", toJson(Changements{})});
            said.push_back(outbox.make("signalement.evalue", event->subject, saidOf(catalogue, row)));
            found->second = row;
            replaced[event->subject] = std::move(row);
        }
        if (replaced.empty()) return;
        std::vector<ScoreRow> rows;
        for (auto& [signalement, row] : replaced) rows.push_back(std::move(row));
        replaceScores(transaction, rows);
        insertPassees(transaction, passees);
        outbox.add(transaction, said);
    };
}

}  // namespace histologe::scoring
