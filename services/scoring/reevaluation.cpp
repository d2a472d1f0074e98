#include "services/scoring/reevaluation.hpp"

#include "services/scoring/domain/evaluation_json.hpp"
#include "services/scoring/store/scores.hpp"

namespace histologe::scoring {
namespace {

std::vector<LigneQualification> lignesOf(const desordres::Catalogue& catalogue, const core::Json& stored) {
    std::vector<LigneQualification> lignes;
    for (const auto& ligne : stored) lignes.push_back(ligneFromJson(catalogue, ligne));
    return lignes;
}

ScoreRow rowOf(const std::string& signalement, const core::Json& evaluation) {
    ScoreRow row;
    row.signalement = signalement;
    row.version = evaluation.at("catalogue").get<std::string>();
    row.score = evaluation.at("score").get<double>();
    row.scoreBatiment = evaluation.at("scoreBatiment").get<double>();
    row.scoreLogement = evaluation.at("scoreLogement").get<double>();
    row.precisions = evaluation.at("precisions");
    row.qualifications = evaluation.at("qualifications");
    return row;
}

bool isSame(const ScoreRow& one, const ScoreRow& other) {
    return one.version == other.version && one.score == other.score && one.scoreBatiment == other.scoreBatiment &&
           one.scoreLogement == other.scoreLogement && one.precisions == other.precisions &&
           one.qualifications == other.qualifications;
}

}  // namespace

std::vector<Ecart> reevaluer(postgres::Transaction& transaction, const desordres::Catalogue& catalogue,
                             const streams::Outbox& outbox, core::Instant now, const std::string& cause,
                             const std::vector<DemandeReevaluation>& demandes, bool appliquer) {
    std::vector<std::string> ids;
    for (const auto& demande : demandes) ids.push_back(demande.signalement);
    const auto known = lockScores(transaction, ids);

    std::vector<Ecart> ecarts;
    std::vector<ScoreRow> first;
    std::vector<ScoreRow> replaced;
    std::vector<EvaluationPassee> passees;
    std::vector<streams::Event> said;
    for (const auto& demande : demandes) {
        const auto found = known.find(demande.signalement);
        const bool isFirst = found == known.end();
        if (isFirst && demande.reponses.is_null()) continue;
        const bool isLate = !isFirst && !demande.reponses.is_null() && demande.ditLe < found->second.ditLe;
        if (isLate) continue;

        const auto before =
            isFirst ? std::vector<LigneQualification>{} : lignesOf(catalogue, found->second.qualifications);
        const auto& reponses = demande.reponses.is_null() ? found->second.reponses : demande.reponses;
        const auto evaluation = evaluate(catalogue, reponses, before);
        auto json = toJson(catalogue, evaluation);
        auto row = rowOf(demande.signalement, json);
        row.reponses = reponses;
        row.evalueLe = now;
        row.ditLe = demande.reponses.is_null() ? found->second.ditLe : demande.ditLe;
        if (!isFirst && isSame(row, found->second)) {
            row.evalueLe = found->second.evalueLe;
            replaced.push_back(std::move(row));
            continue;
        }
        auto changement = changementEntre(before, evaluation.qualifications);
        json["soupcons"] = {{"apparus", changement.apparus}, {"termines", changement.termines}};
        said.push_back(outbox.make("signalement.evalue", demande.signalement, std::move(json)));
        if (isFirst) {
            first.push_back(row);
        } else {
            passees.push_back({found->second, now, cause, changement.apparus, changement.termines});
            replaced.push_back(row);
        }
        ecarts.push_back({demande.signalement, isFirst ? "" : found->second.version, isFirst ? 0 : found->second.score,
                          row.score, std::move(changement)});
    }
    if (!appliquer) return ecarts;
    if (!first.empty()) insertScores(transaction, first);
    updateScores(transaction, replaced);
    insertPassees(transaction, passees);
    if (!said.empty()) outbox.add(transaction, said);
    return ecarts;
}

}  // namespace histologe::scoring
