#include "services/scoring/domain/qualifications.hpp"

#include <algorithm>

#include "libs/domain/desordres/score.hpp"
#include "libs/domain/desordres/suspicions.hpp"

namespace histologe::scoring {
namespace {

using desordres::PrecisionSet;
using domain::Qualification;
using domain::StatutQualification;
using Lignes = std::vector<LigneQualification>;

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

std::size_t lastOf(const Lignes& lignes, Qualification qualification) noexcept {
    for (auto at = lignes.size(); at > 0; --at) {
        if (lignes[at - 1].qualification == qualification) return at - 1;
    }
    return kNowhere;
}

class Run {
  public:
    Run(const desordres::Catalogue& catalogue, const PrecisionSet& precisions, const desordres::Faits& faits,
        Lignes& lignes, desordres::Regles regles)
        : catalogue_(catalogue), precisions_(precisions), faits_(faits), lignes_(lignes), regles_(regles) {}

    void operator()(double score) {
        // Looked up before anything is added: they are the lines to keep or to delete.
        const auto suroccupation = lastOf(lignes_, Qualification::Suroccupation);
        const auto danger = lastOf(lignes_, Qualification::Danger);
        const auto nde = lastOf(lignes_, Qualification::NonDecenceEnergetique);
        for (auto& ligne : lignes_) {
            if (ligne.postVisite != true) ligne.statut = StatutQualification::Archivee;
        }
        writeIfCarried(Qualification::NonDecence, StatutQualification::NonDecenceAVerifier);
        writeIfCarried(Qualification::Rsd, StatutQualification::RsdAVerifier);
        writeIfCarried(Qualification::Salete, StatutQualification::SaleteAVerifier);
        writeBand(score);
        updateFlag(suroccupation, Qualification::Suroccupation, StatutQualification::SuroccupationAVerifier,
                   precisions_ & catalogue_.suroccupations());
        updateFlag(danger, Qualification::Danger, StatutQualification::DangerAVerifier,
                   desordres::dangers(catalogue_, precisions_));
        updateNde(nde);
        removeDeleted();
    }

  private:
    [[nodiscard]] bool corrected() const noexcept { return regles_ == desordres::Regles::Corrigees; }

    [[nodiscard]] PrecisionSet carrying(Qualification qualification) const noexcept {
        return precisions_ & catalogue_.carrying(qualification);
    }

    void write(Qualification qualification, StatutQualification statut) {
        const auto found = std::find_if(lignes_.begin(), lignes_.end(), [&](const auto& ligne) {
            return ligne.qualification == qualification && ligne.postVisite == false;
        });
        const auto precisions = carrying(qualification);
        if (found == lignes_.end()) {
            lignes_.push_back({qualification, statut, false, precisions, std::nullopt});
        } else {
            found->statut = statut;
            found->precisions = precisions;
        }
    }

    void writeIfCarried(Qualification qualification, StatutQualification statut) {
        if (!carrying(qualification).empty()) write(qualification, statut);
    }

    void writeBand(double score) {
        const auto bande = desordres::bandeOf(score);
        if (bande == desordres::Bande::AuDela) {
            writeIfCarried(Qualification::MiseEnSecuritePeril, StatutQualification::PerilAVerifier);
        }
        if (const auto statut = desordres::insalubriteSuspectee(catalogue_, precisions_, score)) {
            write(Qualification::Insalubrite, *statut);
        }
        if (bande == desordres::Bande::JusquA10 && faits_.assuranceContactee != desordres::Reponse::Oui) {
            writeIfCarried(Qualification::Assurantiel, StatutQualification::AssurantielAVerifier);
        }
    }

    void updateFlag(std::size_t existing, Qualification qualification, StatutQualification statut,
                    const PrecisionSet& flagged) {
        if (existing == kNowhere) {
            if (!flagged.empty()) lignes_.push_back({qualification, statut, false, flagged, std::nullopt});
        } else if (flagged.empty()) {
            deleted_.push_back(existing);
        } else {
            lignes_[existing].statut = statut;
            if (corrected()) lignes_[existing].precisions = flagged;
        }
    }

    void updateNde(std::size_t existing) {
        const auto attached = carrying(Qualification::NonDecenceEnergetique);
        const bool justified = !attached.empty() || faits_.classeEnergetique == "G";
        if (existing == kNowhere) {
            if (!justified) return;
            auto details = initialNdeDetails(faits_, regles_);
            const auto statut = ndeStatut(details, faits_.superficie, !attached.empty());
            lignes_.push_back(
                {Qualification::NonDecenceEnergetique, statut, std::nullopt, attached, std::move(details)});
        } else if (!justified) {
            deleted_.push_back(existing);
        } else {
            auto& ligne = lignes_[existing];
            if (corrected()) {
                ligne.precisions = attached;
                ligne.nde = ligne.nde ? refreshedNdeDetails(*ligne.nde, faits_) : initialNdeDetails(faits_);
            }
            ligne.statut = ndeStatut(ligne.nde.value_or(NdeDetails{}), faits_.superficie, !ligne.precisions.empty());
        }
    }

    void removeDeleted() {
        std::sort(deleted_.rbegin(), deleted_.rend());
        for (const auto at : deleted_) lignes_.erase(lignes_.begin() + static_cast<std::ptrdiff_t>(at));
    }

    const desordres::Catalogue& catalogue_;
    const PrecisionSet& precisions_;
    const desordres::Faits& faits_;
    Lignes& lignes_;
    const desordres::Regles regles_;
    std::vector<std::size_t> deleted_;
};

}  // namespace

std::vector<LigneQualification> updateQualifications(const desordres::Catalogue& catalogue,
                                                     const desordres::PrecisionSet& precisions,
                                                     const desordres::Faits& faits, double score,
                                                     std::vector<LigneQualification> lignes, desordres::Regles regles) {
    // At most nine more: one for each qualification that the rules write.
    lignes.reserve(lignes.size() + 9);
    Run(catalogue, precisions, faits, lignes, regles)(score);
    return lignes;
}

void addConclusions(const std::vector<std::string_view>& conclusions, std::vector<LigneQualification>& lignes,
                    desordres::Regles regles) {
    for (const auto conclusion : conclusions) {
        const auto qualification = domain::parseName<Qualification>(conclusion);
        if (!qualification) continue;
        const auto add = [&](StatutQualification statut) {
            lignes.push_back({*qualification, statut, true, {}, std::nullopt});
        };
        switch (*qualification) {
            case Qualification::NonDecence:
                add(StatutQualification::NonDecenceAveree);
                break;
            case Qualification::Rsd:
                add(StatutQualification::RsdAvere);
                break;
            case Qualification::Insalubrite:
                add(StatutQualification::InsalubriteAveree);
                break;
            case Qualification::MiseEnSecuritePeril:
                add(StatutQualification::PerilAvere);
                break;
            case Qualification::Salete:
                if (regles == desordres::Regles::Corrigees) add(StatutQualification::SaleteAveree);
                break;
            default:
                break;
        }
    }
}

void retenirConclusions(const std::string& intervention, const std::vector<std::string>& conclusions,
                        std::vector<LigneQualification>& lignes) {
    std::erase_if(lignes, [&](const auto& ligne) { return ligne.intervention == intervention; });
    std::vector<std::string_view> dites;
    for (const auto& conclusion : conclusions) {
        if (std::find(dites.begin(), dites.end(), conclusion) == dites.end()) dites.push_back(conclusion);
    }
    std::vector<LigneQualification> constats;
    addConclusions(dites, constats);
    for (auto& constat : constats) {
        constat.intervention = intervention;
        lignes.push_back(std::move(constat));
    }
}

void refreshDpe(const desordres::Faits& faits, std::vector<LigneQualification>& lignes) noexcept {
    for (auto& ligne : lignes) {
        if (!ligne.nde) continue;
        ligne.nde->dpe = std::nullopt;
        if (faits.dpe == desordres::Reponse::Oui) ligne.nde->dpe = true;
        if (faits.dpe == desordres::Reponse::Non) ligne.nde->dpe = false;
    }
}

}  // namespace histologe::scoring
