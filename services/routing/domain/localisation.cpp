#include "services/routing/domain/localisation.hpp"

#include <algorithm>

namespace histologe::routing {

LocalisationDossier::LocalisationDossier(const IndexTerritoire& index, const DossierAAffecter& dossier)
    : index_(index), dossier_(dossier) {}

bool LocalisationDossier::inOneOf(const std::vector<std::uint32_t>& zones) {
    if (zones.empty() || !dossier_.position) return false;
    if (!zonesDuPoint_) zonesDuPoint_ = index_.zones.containing(*dossier_.position);
    return std::any_of(zones.begin(), zones.end(), [&](std::uint32_t zone) {
        return std::binary_search(zonesDuPoint_->begin(), zonesDuPoint_->end(), zone);
    });
}

Localisation LocalisationDossier::of(const PartenaireIndexe& indexe) {
    const auto& partenaire = *indexe.partenaire;
    const auto& code = dossier_.codeInsee;
    Localisation localisation;
    localisation.communes = partenaire.communes && (!code || std::binary_search(partenaire.communes->begin(),
                                                                                partenaire.communes->end(), *code));
    localisation.zone = inOneOf(indexe.zones);
    localisation.territoireEntier = !partenaire.communes && partenaire.zones.empty() && partenaire.epcis.empty();
    localisation.epci = code && std::binary_search(indexe.communesEpci.begin(), indexe.communesEpci.end(), *code);
    localisation.zoneExclue = inOneOf(indexe.zonesExclues);
    return localisation;
}

std::vector<PartenaireId> localiser(const Annuaire& annuaire, const DossierAAffecter& dossier, ModeAffectation mode,
                                    std::optional<domain::Qualification> competence) {
    const auto* index = annuaire.index(dossier.territoire);
    if (index == nullptr) return {};
    LocalisationDossier localisation(*index, dossier);
    std::vector<const PartenaireIndexe*> found;
    for (const auto& indexe : index->partenaires) {
        const auto& partenaire = *indexe.partenaire;
        if (competence && !partenaire.competences.contains(*competence)) continue;
        const auto& deja = dossier.dejaAffectes;
        const bool affecte = std::find(deja.begin(), deja.end(), partenaire.id) != deja.end();
        if (affecte && mode == ModeAffectation::Reelle) continue;
        if (localisation.of(indexe).candidat()) found.push_back(&indexe);
    }
    std::sort(found.begin(), found.end(), [](const auto* left, const auto* right) { return left->rang < right->rang; });
    std::vector<PartenaireId> ids;
    ids.reserve(found.size());
    for (const auto* indexe : found) ids.push_back(indexe->partenaire->id);
    return ids;
}

}  // namespace histologe::routing
