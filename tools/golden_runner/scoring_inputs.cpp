#include "tools/golden_runner/scoring_inputs.hpp"

#include "libs/core/error.hpp"

namespace histologe::golden {
namespace {

using core::Json;

bool given(const Json& object, const char* name) {
    return object.contains(name) && !object.at(name).is_null();
}

// `type_composition` under the names of the form: vectors shorten two of them.
Json compositionOf(const Json& input) {
    Json composition = input.value("type_composition", Json::object());
    const std::string prefix = "desordres_logement_chauffage_details_dpe_";
    for (const auto* shortened : {"conso", "conso_finale"}) {
        if (composition.contains(shortened)) composition[prefix + shortened] = composition.at(shortened);
    }
    if (input.contains("assurance_contactee")) {
        composition["info_procedure_assurance_contactee"] = input.at("assurance_contactee");
    }
    if (const auto foyer = input.find("situation_foyer"); foyer != input.end() && foyer->is_object()) {
        composition.update(*foyer);
    }
    return composition;
}

}  // namespace

std::optional<double> superficieOfVector(const Json& input) {
    if (!given(input, "superficie")) return std::nullopt;
    return input.at("superficie").get<double>();
}

desordres::Faits faitsOfVector(const desordres::Catalogue& catalogue, const Json& input) {
    auto faits = desordres::faitsOf(catalogue, compositionOf(input), desordres::Origine::Document);
    faits.superficie = superficieOfVector(input);
    if (given(input, "nb_occupants")) faits.nombreOccupants = input.at("nb_occupants").get<int>();
    return faits;
}

desordres::PrecisionSet precisionsOfVector(const desordres::Catalogue& catalogue, const Json& input) {
    return catalogue.setOf(input.value("precisions", std::vector<std::string>{}));
}

scoring::NdeDetails ndeDetailsOfVector(const Json& details) {
    scoring::NdeDetails read;
    const auto text = [&](const char* name) -> std::optional<std::string> {
        if (!given(details, name)) return std::nullopt;
        return details.at(name).get<std::string>();
    };
    if (given(details, "consommation_energie"))
        read.consommationEnergie = details.at("consommation_energie").get<int>();
    if (given(details, "DPE")) {
        const auto& dpe = details.at("DPE");
        if (dpe.is_boolean()) {
            read.dpe = dpe.get<bool>();
        } else if (dpe.is_string()) {
            if (!dpe.get_ref<const std::string&>().empty()) read.dpe = dpe != "0";
        } else {
            read.dpe = true;
        }
    }
    read.dateDernierDpe = text("date_dernier_dpe");
    read.classeEnergetique = text("classe_energetique");
    return read;
}

std::vector<scoring::LigneQualification> existingOfVector(const desordres::Catalogue& catalogue, const Json& input) {
    std::vector<scoring::LigneQualification> lignes;
    if (!input.contains("existing")) return lignes;
    for (const auto& row : input.at("existing")) {
        const auto qualification = domain::parseName<domain::Qualification>(row.at("qualification").get<std::string>());
        if (!qualification) throw core::Error(core::ErrorKind::InvalidInput, "vecteur_invalide", "Vecteur illisible.");
        // A line whose status was never set counts as withdrawn.
        const auto statut = domain::parseName<domain::StatutQualification>(
            given(row, "status") ? row.at("status").get<std::string>() : "ARCHIVED");
        if (!statut) throw core::Error(core::ErrorKind::InvalidInput, "vecteur_invalide", "Vecteur illisible.");
        scoring::LigneQualification ligne{
            *qualification, *statut, std::nullopt, precisionsOfVector(catalogue, row), {}};
        if (given(row, "is_post_visite")) ligne.postVisite = row.at("is_post_visite").get<bool>();
        if (given(row, "details")) ligne.nde = ndeDetailsOfVector(row.at("details"));
        lignes.push_back(std::move(ligne));
    }
    return lignes;
}

Json slugsAnswer(const desordres::Catalogue& catalogue, const desordres::PrecisionSet& precisions) {
    Json list = Json::array();
    for (const auto slug : catalogue.slugsOf(precisions)) list.push_back(std::string(slug));
    return list;
}

Json lignesAnswer(const desordres::Catalogue& catalogue, const std::vector<scoring::LigneQualification>& lignes) {
    const auto orNull = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
    Json list = Json::array();
    for (const auto& ligne : lignes) {
        Json row{{"qualification", domain::nameOf(ligne.qualification)},
                 {"status", domain::nameOf(ligne.statut)},
                 {"is_post_visite", orNull(ligne.postVisite)},
                 {"precisions", slugsAnswer(catalogue, ligne.precisions)}};
        if (ligne.nde) {
            row["details"] = {{"consommation_energie", orNull(ligne.nde->consommationEnergie)},
                              {"DPE", orNull(ligne.nde->dpe)},
                              {"date_dernier_dpe", orNull(ligne.nde->dateDernierDpe)},
                              {"classe_energetique", orNull(ligne.nde->classeEnergetique)}};
        }
        list.push_back(std::move(row));
    }
    return list;
}

void putScore(const desordres::Score& score, Json& answer) {
    answer["score"] = score.score;
    answer["scoreBatiment"] = score.scoreBatiment;
    answer["scoreLogement"] = score.scoreLogement;
}

}  // namespace histologe::golden
