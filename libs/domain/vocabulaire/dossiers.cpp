#include "libs/domain/vocabulaire/dossiers.hpp"

namespace histologe::domain {
namespace {

constexpr Terme<ProfilDeclarant> kProfils[] = {
    {ProfilDeclarant::Locataire, "LOCATAIRE", "Locataire"},
    {ProfilDeclarant::BailleurOccupant, "BAILLEUR_OCCUPANT", "Propriétaire occupant"},
    {ProfilDeclarant::TiersParticulier, "TIERS_PARTICULIER", "Tiers particulier"},
    {ProfilDeclarant::TiersPro, "TIERS_PRO", "Tiers professionnel"},
    {ProfilDeclarant::ServiceSecours, "SERVICE_SECOURS", "Service de secours"},
    {ProfilDeclarant::Bailleur, "BAILLEUR", "Bailleur"},
};

constexpr Terme<StatutDossier> kStatutsDossier[] = {
    {StatutDossier::Brouillon, "DRAFT", "brouillon"},
    {StatutDossier::Nouveau, "NEED_VALIDATION", "nouveau"},
    {StatutDossier::EnCours, "ACTIVE", "en cours"},
    {StatutDossier::Ferme, "CLOSED", "fermé"},
    {StatutDossier::Archive, "ARCHIVED", "archivé"},
    {StatutDossier::Refuse, "REFUSED", "refusé"},
    {StatutDossier::BrouillonArchive, "DRAFT_ARCHIVED", "brouillon archivé"},
    {StatutDossier::Injonction, "INJONCTION_BAILLEUR", "démarche accélérée"},
    {StatutDossier::InjonctionCloturee, "INJONCTION_CLOSED", "démarche accélérée clôturée"},
};

constexpr Terme<StatutAffectation> kStatutsAffectation[] = {
    {StatutAffectation::Nouveau, "NOUVEAU", "en attente"},
    {StatutAffectation::EnCours, "EN_COURS", "acceptée"},
    {StatutAffectation::Refuse, "REFUSE", "refusée"},
    {StatutAffectation::Ferme, "FERME", "fermée"},
};

}  // namespace

template <>
std::span<const Terme<ProfilDeclarant>> termes<ProfilDeclarant>() noexcept {
    return kProfils;
}
template <>
std::span<const Terme<StatutDossier>> termes<StatutDossier>() noexcept {
    return kStatutsDossier;
}
template <>
std::span<const Terme<StatutAffectation>> termes<StatutAffectation>() noexcept {
    return kStatutsAffectation;
}

}  // namespace histologe::domain
