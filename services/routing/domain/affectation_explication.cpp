#include "services/routing/domain/affectation_explication.hpp"

#include <algorithm>

#include "services/routing/domain/predicats.hpp"

namespace histologe::routing {

Explication expliquer(const Annuaire& annuaire, const DossierAAffecter& dossier, ModeAffectation mode) {
    Explication explication;
    explication.positionConnue = dossier.position.has_value();
    const auto* index = annuaire.index(dossier.territoire);
    if (index == nullptr) return explication;

    LocalisationDossier localisation(*index, dossier);
    const auto& deja = dossier.dejaAffectes;
    for (const auto& indexe : index->partenaires) {
        const auto& id = indexe.partenaire->id;
        explication.partenaires.push_back(
            {id, localisation.of(indexe), std::find(deja.begin(), deja.end(), id) != deja.end()});
    }
    std::vector<bool> retenu(index->partenaires.size(), false);
    for (const auto& indexee : index->regles) {
        const auto& regle = *indexee.regle;
        const auto number = static_cast<std::uint32_t>(explication.regles.size());
        const auto& verdict = explication.regles.emplace_back(RegleExpliquee{
            regle.id, profilConvient(regle.profil, dossier.profil), codeInseeConvient(regle, dossier.codeInsee),
            parcConvient(regle.parc, dossier.logementSocial),
            allocataireConvient(regle.allocataire, dossier.allocataire),
            procedureConvient(regle.procedures, dossier.qualifications)});
        for (std::uint32_t other = 0; other < explication.partenaires.size(); ++other) {
            const auto& partenaire = *index->partenaires[other].partenaire;
            const auto& expliquee = explication.partenaires[other];
            CoupleExplique couple{number, other,
                                  typePartenaireConvient(regle.typePartenaire, partenaire, dossier.bailleur),
                                  partenaireConvient(regle, partenaire.id), false};
            const bool libre = mode == ModeAffectation::Simulation || !expliquee.dejaAffecte;
            couple.retenu = explication.positionConnue && libre && verdict.vise() && couple.typePartenaire &&
                            couple.partenaireNonExclu && expliquee.localisation.candidat();
            if (couple.retenu && !retenu[other]) {
                retenu[other] = true;
                explication.retenus.push_back(partenaire.id);
            }
            explication.couples.push_back(couple);
        }
    }
    return explication;
}

}  // namespace histologe::routing
