// Vectors of the first generation of reports.
#include "services/scoring/domain/premiere_generation.hpp"
#include "tools/golden_runner/scoring_inputs.hpp"

namespace histologe::golden {
namespace {

using core::Json;

template <typename Value>
Json orNull(const std::optional<Value>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json answerOf(const scoring::LignePremiereGeneration& ligne) {
    Json row{{"qualification", domain::nameOf(ligne.qualification)},
             {"status", domain::nameOf(ligne.statut)},
             {"is_post_visite", orNull(ligne.postVisite)},
             {"precisions", Json::array()}};
    if (!ligne.criticites.empty()) row["criticites"] = ligne.criticites;
    if (ligne.nde) {
        row["details"] = {{"consommation_energie", orNull(ligne.nde->consommationEnergie)},
                          {"DPE", orNull(ligne.nde->dpe)},
                          {"date_dernier_dpe", orNull(ligne.nde->dateDernierDpe)},
                          {"classe_energetique", orNull(ligne.nde->classeEnergetique)}};
    }
    return row;
}

std::optional<std::string> textOf(const Json& input, const char* name) {
    const auto found = input.find(name);
    if (found == input.end() || found->is_null()) return std::nullopt;
    return found->get<std::string>();
}

}  // namespace

Json premiereGeneration(const desordres::Catalogue& catalogue, const Json& input, desordres::Regles regles) {
    static const auto criticites = scoring::loadShippedCriticites();
    const auto liees = input.value("criticites", std::vector<int>{});
    std::vector<scoring::LignePremiereGeneration> lignes;
    for (const auto& ligne : existingOfVector(catalogue, input)) {
        lignes.push_back({ligne.qualification, ligne.statut, ligne.postVisite, {}, ligne.nde});
        // The reference takes what a visit found of insalubrité for the suspicion, and loses it.
        const bool taken =
            regles == desordres::Regles::Reference && ligne.qualification == domain::Qualification::Insalubrite;
        if (taken) lignes.back().postVisite = false;
    }
    auto score = scoring::scoreOf(criticites, liees,
                                  scoring::hasEnfants(textOf(input, "nb_enfants_m6"), textOf(input, "nb_enfants_p6")));
    if (const auto forced = input.find("forced_score"); forced != input.end()) score.score = forced->get<double>();
    Json answer{{"qualifications", Json::array()}};
    putScore(score, answer);
    for (const auto& ligne : scoring::updateQualifications(criticites, liees, score.score, lignes)) {
        answer["qualifications"].push_back(answerOf(ligne));
    }
    return answer;
}

}  // namespace histologe::golden
