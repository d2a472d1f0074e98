#include "services/scoring/domain/evaluation_json.hpp"

#include "libs/core/error.hpp"

namespace histologe::scoring {
namespace {

using core::Json;

Json slugs(const desordres::Catalogue& catalogue, const desordres::PrecisionSet& precisions) {
    Json list = Json::array();
    for (const auto slug : catalogue.slugsOf(precisions)) list.push_back(std::string(slug));
    return list;
}

template <class T>
Json orNull(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

template <class T>
std::optional<T> optionalOf(const Json& json, const char* name) {
    const auto found = json.find(name);
    if (found == json.end() || found->is_null()) return std::nullopt;
    return found->get<T>();
}

}  // namespace

Json toJson(const desordres::Catalogue& catalogue, const LigneQualification& ligne) {
    Json json{{"qualification", domain::nameOf(ligne.qualification)},
              {"statut", domain::nameOf(ligne.statut)},
              {"precisions", slugs(catalogue, ligne.precisions)}};
    if (ligne.postVisite) json["postVisite"] = *ligne.postVisite;
    if (ligne.intervention) json["intervention"] = *ligne.intervention;
    if (ligne.nde) {
        json["nde"] = {{"consommationEnergie", orNull(ligne.nde->consommationEnergie)},
                       {"dpe", orNull(ligne.nde->dpe)},
                       {"dateDernierDpe", orNull(ligne.nde->dateDernierDpe)},
                       {"classeEnergetique", orNull(ligne.nde->classeEnergetique)}};
        if (ligne.nde->parMetreCarre) json["nde"]["parMetreCarre"] = true;
    }
    return json;
}

Json toJson(const desordres::Catalogue& catalogue, const Evaluation& evaluation) {
    Json criteres = Json::array();
    for (const auto critere : evaluation.criteres) criteres.push_back(catalogue.critere(critere).slug);
    Json qualifications = Json::array();
    for (const auto& ligne : evaluation.qualifications) qualifications.push_back(toJson(catalogue, ligne));
    return {{"catalogue", evaluation.catalogue},
            {"score", evaluation.score.score},
            {"scoreBatiment", evaluation.score.scoreBatiment},
            {"scoreLogement", evaluation.score.scoreLogement},
            {"criteres", std::move(criteres)},
            {"precisions", slugs(catalogue, evaluation.precisions)},
            {"qualifications", std::move(qualifications)}};
}

LigneQualification ligneFromJson(const desordres::Catalogue& catalogue, const Json& json) {
    const auto unreadable = [](const std::string& what) {
        return core::Error(core::ErrorKind::InvalidInput, "qualification_illisible", "La qualification est illisible.",
                           {}, what);
    };
    try {
        const auto qualification =
            domain::parseName<domain::Qualification>(json.at("qualification").get<std::string>());
        const auto statut = domain::parseName<domain::StatutQualification>(json.at("statut").get<std::string>());
        if (!qualification || !statut) throw unreadable("unknown code");
        LigneQualification ligne{*qualification, *statut, optionalOf<bool>(json, "postVisite"),
                                 catalogue.setOf(json.value("precisions", std::vector<std::string>{})), std::nullopt};
        if (const auto nde = json.find("nde"); nde != json.end() && !nde->is_null()) {
            ligne.nde =
                NdeDetails{optionalOf<int>(*nde, "consommationEnergie"), optionalOf<bool>(*nde, "dpe"),
                           optionalOf<std::string>(*nde, "dateDernierDpe"),
                           optionalOf<std::string>(*nde, "classeEnergetique"), nde->value("parMetreCarre", false)};
        }
        ligne.intervention = optionalOf<std::string>(json, "intervention");
        return ligne;
    } catch (const Json::exception& error) {
        throw unreadable(error.what());
    }
}

std::vector<LigneQualification> lignesFromJson(const desordres::Catalogue& catalogue, const Json& json) {
    std::vector<LigneQualification> lignes;
    for (const auto& one : json) lignes.push_back(ligneFromJson(catalogue, one));
    return lignes;
}

}  // namespace histologe::scoring
