#include "services/scoring/domain/premiere_generation.hpp"

#include <algorithm>

#include "libs/core/error.hpp"

namespace histologe::scoring {
namespace {

using domain::Qualification;
using domain::StatutQualification;
using Lignes = std::vector<LignePremiereGeneration>;

constexpr double kMaxBatiment = 136;
constexpr double kMaxLogement = 126;
constexpr double kManquement = 10;   // from here on, a breach of public health rules is suspected
constexpr double kInsalubrite = 30;  // and from here on, insalubrité itself

core::Error illisible(const std::string& what) {
    return {
        core::ErrorKind::InvalidInput, "criticites_illisibles", "Le catalogue des criticités est illisible.", {}, what};
}

// The suspicion of that code: what a visit found is another line.
Lignes::iterator suspicionOf(Lignes& lignes, Qualification qualification) {
    return std::find_if(lignes.begin(), lignes.end(), [&](const auto& ligne) {
        return ligne.qualification == qualification && ligne.postVisite != true;
    });
}

void always(Lignes& lignes, Qualification qualification, StatutQualification statut) {
    if (suspicionOf(lignes, qualification) == lignes.end()) lignes.push_back({qualification, statut, false, {}, {}});
}

void insalubrite(Lignes& lignes, double score, std::vector<int> porteuses) {
    std::optional<StatutQualification> statut;
    if (score >= kManquement) statut = StatutQualification::ManquementSalubriteAVerifier;
    if (score >= kInsalubrite || !porteuses.empty()) statut = StatutQualification::InsalubriteAVerifier;
    const auto ligne = suspicionOf(lignes, Qualification::Insalubrite);
    if (ligne != lignes.end()) {
        if (ligne->statut == statut) return;
        lignes.erase(ligne);
    }
    if (statut) lignes.push_back({Qualification::Insalubrite, *statut, false, std::move(porteuses), {}});
}

void danger(Lignes& lignes, std::vector<int> dangers) {
    const auto ligne = suspicionOf(lignes, Qualification::Danger);
    if (ligne == lignes.end()) {
        if (!dangers.empty()) {
            lignes.push_back(
                {Qualification::Danger, StatutQualification::DangerAVerifier, false, std::move(dangers), {}});
        }
    } else if (dangers.empty()) {
        lignes.erase(ligne);
    } else {
        ligne->statut = StatutQualification::DangerAVerifier;
        ligne->criticites = std::move(dangers);
    }
}

void nde(Lignes& lignes, std::vector<int> porteuses) {
    const auto ligne = suspicionOf(lignes, Qualification::NonDecenceEnergetique);
    if (ligne == lignes.end()) {
        if (porteuses.empty()) return;
        const NdeDetails unknown;
        lignes.push_back({Qualification::NonDecenceEnergetique, ndeStatut(unknown, std::nullopt, true), std::nullopt,
                          std::move(porteuses), unknown});
    } else if (porteuses.empty()) {
        lignes.erase(ligne);
    } else {
        ligne->criticites = std::move(porteuses);
        ligne->statut = ndeStatut(ligne->nde.value_or(NdeDetails{}), std::nullopt, true);
    }
}

}  // namespace

Criticites Criticites::fromJson(const core::Json& json) {
    Criticites read;
    read.version_ = json.at("version").get<std::string>();
    for (const auto& one : json.at("criticites")) {
        Criticite criticite;
        criticite.id = one.at("id").get<int>();
        const auto& zone = one.at("zone").get_ref<const std::string&>();
        if (zone != "BATIMENT" && zone != "LOGEMENT") throw illisible("zone " + zone);
        criticite.zone = zone == "BATIMENT" ? desordres::Zone::Batiment : desordres::Zone::Logement;
        criticite.critere = one.at("critere").get<std::string>();
        criticite.libelle = one.at("libelle").get<std::string>();
        criticite.poids = one.at("poids").get<double>();
        criticite.danger = one.value("danger", false);
        if (const auto codes = one.find("qualifications"); codes != one.end()) {
            for (const auto& code : *codes) {
                const auto qualification = domain::parseName<Qualification>(code.get_ref<const std::string&>());
                if (!qualification) throw illisible(code.get<std::string>());
                criticite.qualifications.insert(*qualification);
            }
        }
        read.criticites_.push_back(std::move(criticite));
    }
    std::ranges::sort(read.criticites_, {}, &Criticite::id);
    return read;
}

const Criticite* Criticites::find(int id) const noexcept {
    const auto place = std::ranges::lower_bound(criticites_, id, {}, &Criticite::id);
    return place != criticites_.end() && place->id == id ? &*place : nullptr;
}

desordres::Score scoreOf(const Criticites& criticites, const std::vector<int>& liees, bool enfants) noexcept {
    double batiment = 0;
    double logement = 0;
    for (const int id : liees) {
        const auto* criticite = criticites.find(id);
        if (criticite == nullptr) continue;
        (criticite->zone == desordres::Zone::Batiment ? batiment : logement) += criticite->poids;
    }
    const double mean = (batiment / kMaxBatiment + logement / kMaxLogement) * 100 / 2;
    return {std::min(100.0, enfants ? mean * 1.1 : mean), 0, 0};
}

bool hasEnfants(const std::optional<std::string>& moinsDeSix, const std::optional<std::string>& plusDeSix) noexcept {
    const auto some = [](const std::optional<std::string>& text) { return text && !text->empty() && *text != "0"; };
    return some(moinsDeSix) || some(plusDeSix);
}

std::vector<LignePremiereGeneration> updateQualifications(const Criticites& criticites, const std::vector<int>& liees,
                                                          double score, std::vector<LignePremiereGeneration> lignes) {
    const auto those = [&](auto&& isOne) {
        std::vector<int> ids;
        for (const int id : liees) {
            const auto* criticite = criticites.find(id);
            if (criticite != nullptr && isOne(*criticite)) ids.push_back(id);
        }
        return ids;
    };
    const auto carrying = [&](Qualification qualification) {
        return those([&](const Criticite& one) { return one.qualifications.contains(qualification); });
    };
    always(lignes, Qualification::NonDecence, StatutQualification::NonDecenceAVerifier);
    always(lignes, Qualification::Rsd, StatutQualification::RsdAVerifier);
    insalubrite(lignes, score, carrying(Qualification::Insalubrite));
    danger(lignes, those([](const Criticite& one) { return one.danger; }));
    nde(lignes, carrying(Qualification::NonDecenceEnergetique));
    return lignes;
}

}  // namespace histologe::scoring
