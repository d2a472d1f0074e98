#include "services/routing/domain/predicats.hpp"

#include <algorithm>

namespace histologe::routing {

bool profilConvient(ProfilVise vise, std::optional<domain::ProfilDeclarant> profil) noexcept {
    using domain::ProfilDeclarant;
    const bool tiers = profil && domain::isTiers(*profil);
    switch (vise) {
        case ProfilVise::Tous:
            return true;
        case ProfilVise::Tiers:
            return tiers;
        case ProfilVise::Occupant:
            return !tiers;
        case ProfilVise::Locataire:
            return profil == ProfilDeclarant::Locataire;
        case ProfilVise::BailleurOccupant:
            return profil == ProfilDeclarant::BailleurOccupant;
        case ProfilVise::TiersParticulier:
            return profil == ProfilDeclarant::TiersParticulier;
        case ProfilVise::TiersPro:
            return profil == ProfilDeclarant::TiersPro;
        case ProfilVise::ServiceSecours:
            return profil == ProfilDeclarant::ServiceSecours;
        case ProfilVise::Bailleur:
            return profil == ProfilDeclarant::Bailleur;
    }
    return false;
}

bool typePartenaireConvient(domain::TypePartenaire vise, const Partenaire& partenaire,
                            const std::optional<BailleurId>& bailleurDuDossier) noexcept {
    if (partenaire.type != vise) return false;
    if (vise != domain::TypePartenaire::BailleurSocial) return true;
    return partenaire.bailleur && bailleurDuDossier && *partenaire.bailleur == *bailleurDuDossier;
}

bool codeInseeConvient(const Regle& regle, std::optional<domain::CodeInsee> codeInsee) noexcept {
    if (!codeInsee) return false;
    const auto& exclues = regle.communesExclues;
    if (std::binary_search(exclues.begin(), exclues.end(), *codeInsee)) return false;
    const auto& incluses = regle.communesIncluses;
    return !incluses || std::binary_search(incluses->begin(), incluses->end(), *codeInsee);
}

bool partenaireConvient(const Regle& regle, const PartenaireId& partenaire) noexcept {
    const auto& exclus = regle.partenairesExclus;
    return std::find(exclus.begin(), exclus.end(), partenaire) == exclus.end();
}

bool parcConvient(ParcVise vise, std::optional<bool> logementSocial) noexcept {
    switch (vise) {
        case ParcVise::Tous:
            return true;
        case ParcVise::Public:
            return logementSocial == true;
        case ParcVise::Prive:
            return logementSocial == false;
        case ParcVise::NonRenseigne:
            return !logementSocial.has_value();
    }
    return false;
}

bool allocataireConvient(AllocataireVise vise, Allocataire allocataire) noexcept {
    switch (vise) {
        case AllocataireVise::Tous:
            return true;
        case AllocataireVise::Non:
            return allocataire == Allocataire::Non;
        case AllocataireVise::Oui:
            return allocataire == Allocataire::Oui || allocataire == Allocataire::Caf ||
                   allocataire == Allocataire::Msa;
        case AllocataireVise::Caf:
            return allocataire == Allocataire::Caf;
        case AllocataireVise::Msa:
            return allocataire == Allocataire::Msa;
        case AllocataireVise::NeSaitPas:
            return allocataire == Allocataire::NeSaitPas;
    }
    return false;
}

bool procedureConvient(domain::Qualifications visees, domain::Qualifications duDossier) noexcept {
    return visees.empty() || visees.intersects(duDossier);
}

}  // namespace histologe::routing
