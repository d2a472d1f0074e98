#include "services/routing/domain/auto_affectation.hpp"

#include <algorithm>

#include "services/routing/domain/index_territoire.hpp"
#include "services/routing/domain/localisation.hpp"
#include "services/routing/domain/predicats.hpp"

namespace histologe::routing {
namespace {

// What is known of a partner for this case; its perimeter is looked at only when a rule asks.
enum class Etat : std::uint8_t { Inconnu, Candidat, HorsJeu, Retenu };

// The conditions that look at the case alone.
bool vise(const Regle& regle, const DossierAAffecter& dossier) {
    return profilConvient(regle.profil, dossier.profil) && parcConvient(regle.parc, dossier.logementSocial) &&
           allocataireConvient(regle.allocataire, dossier.allocataire) &&
           procedureConvient(regle.procedures, dossier.qualifications) && codeInseeConvient(regle, dossier.codeInsee);
}

}  // namespace

std::vector<PartenaireId> affecter(const Annuaire& annuaire, const DossierAAffecter& dossier, ModeAffectation mode) {
    const auto* index = annuaire.index(dossier.territoire);
    if (index == nullptr || index->regles.empty() || !dossier.position) return {};
    std::vector<Etat> etats(index->partenaires.size(), Etat::Inconnu);
    if (mode == ModeAffectation::Reelle) {
        for (const auto& id : dossier.dejaAffectes) {
            const auto deja = index->parId.find(id.valeur);
            if (deja != index->parId.end()) etats[deja->second] = Etat::HorsJeu;
        }
    }
    LocalisationDossier localisation(*index, dossier);
    std::vector<PartenaireId> retenus;
    for (const auto& indexee : index->regles) {
        const auto& regle = *indexee.regle;
        if (!vise(regle, dossier)) continue;
        for (const auto number : index->parType[static_cast<std::size_t>(regle.typePartenaire)]) {
            auto& etat = etats[number];
            if (etat == Etat::HorsJeu || etat == Etat::Retenu) continue;
            const auto& indexe = index->partenaires[number];
            const auto& exclus = indexee.partenairesExclus;
            if (std::binary_search(exclus.begin(), exclus.end(), number)) continue;
            if (!typePartenaireConvient(regle.typePartenaire, *indexe.partenaire, dossier.bailleur)) continue;
            if (etat == Etat::Inconnu) etat = localisation.of(indexe).candidat() ? Etat::Candidat : Etat::HorsJeu;
            if (etat != Etat::Candidat) continue;
            etat = Etat::Retenu;
            retenus.push_back(indexe.partenaire->id);
        }
    }
    return retenus;
}

domain::StatutDossier statutApres(domain::StatutDossier avant, const std::vector<PartenaireId>& affectes) noexcept {
    return affectes.empty() ? avant : domain::StatutDossier::EnCours;
}

}  // namespace histologe::routing
