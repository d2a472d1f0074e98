#include "libs/auth/droits.hpp"

#include <algorithm>

namespace histologe::auth {
namespace {

using domain::StatutDossier;

bool isDraft(StatutDossier statut) noexcept {
    return statut == StatutDossier::Brouillon || statut == StatutDossier::BrouillonArchive;
}

bool actsForOneOf(const Principal& principal, const std::vector<std::string>& partenaires) noexcept {
    return std::any_of(partenaires.begin(), partenaires.end(),
                       [&](const std::string& partenaire) { return principal.actsFor(partenaire); });
}

}  // namespace

std::optional<DossierVise> dossierVise(std::string signalement, std::string territoire, std::string_view statut) {
    const auto known = domain::parseName<StatutDossier>(statut);
    if (!known) return std::nullopt;
    DossierVise dossier;
    dossier.signalement = std::move(signalement);
    dossier.territoire = std::move(territoire);
    dossier.statut = *known;
    return dossier;
}

bool maySee(const Principal& principal, const DossierVise& dossier) noexcept {
    if (isDraft(dossier.statut)) return false;
    if (isBoundToOneSignalement(principal.role)) {
        return !principal.signalement.empty() && principal.signalement == dossier.signalement;
    }
    if (principal.isSuperAdmin()) return true;
    if (dossier.statut == StatutDossier::Archive || !principal.isMemberOf(dossier.territoire)) return false;
    return principal.role == Role::ResponsableTerritoire || actsForOneOf(principal, dossier.partenaires);
}

bool mayEdit(const Principal& principal, const DossierVise& dossier) noexcept {
    if (isBoundToOneSignalement(principal.role) || isDraft(dossier.statut)) return false;
    if (principal.isSuperAdmin()) return true;
    if (!principal.isMemberOf(dossier.territoire)) return false;
    const bool isOpen = dossier.statut == StatutDossier::EnCours || dossier.statut == StatutDossier::Injonction;
    if (principal.role == Role::ResponsableTerritoire) {
        return isOpen || dossier.statut == StatutDossier::Nouveau || dossier.statut == StatutDossier::Ferme;
    }
    return isOpen && actsForOneOf(principal, dossier.partenairesEnCours);
}

bool mayTag(const Principal& principal, const DossierVise& dossier) noexcept {
    return mayEdit(principal, dossier) && (principal.isSuperAdmin() || dossier.statut != domain::StatutDossier::Nouveau);
}

}  // namespace histologe::auth
