#include "services/routing/domain/droits_annuaire.hpp"

#include <algorithm>

namespace histologe::routing {
namespace {

using auth::Role;

bool contient(const std::vector<std::string>& textes, const std::string& texte) noexcept {
    return std::find(textes.begin(), textes.end(), texte) != textes.end();
}

}  // namespace

bool estDuTerritoire(const Acteur& acteur, const std::string& territoire) noexcept {
    return acteur.role == Role::SuperAdmin || (auth::isAgent(acteur.role) && contient(acteur.territoires, territoire));
}

bool gereTerritoire(const Acteur& acteur, const std::string& territoire) noexcept {
    return acteur.role <= Role::ResponsableTerritoire && estDuTerritoire(acteur, territoire);
}

bool peutTenirPartenaires(const Acteur& acteur, const std::optional<std::string>& territoire) noexcept {
    return acteur.role == Role::SuperAdmin || (territoire && gereTerritoire(acteur, *territoire));
}

bool peutEcrireReglesEtBailleurs(const Acteur& acteur) noexcept {
    return acteur.role == Role::SuperAdmin;
}

bool peutVoirBailleur(const Acteur& acteur, const std::vector<std::string>& territoires) noexcept {
    return acteur.role == Role::SuperAdmin ||
           std::any_of(territoires.begin(), territoires.end(),
                       [&](const std::string& code) { return gereTerritoire(acteur, code); });
}

std::optional<std::vector<std::string>> territoiresDesListes(const Acteur& acteur) {
    return acteur.role == Role::SuperAdmin ? std::nullopt : std::optional(acteur.territoires);
}

PartenairesDesListes partenairesDesListes(const Acteur& acteur, bool archives) {
    if (acteur.role == Role::SuperAdmin) return {};
    PartenairesDesListes listes{std::vector<std::string>{}, std::vector<std::string>{}};
    if (archives) return listes;
    if (acteur.role == Role::ResponsableTerritoire) listes.territoires = acteur.territoires;
    if (acteur.role == Role::AdminPartenaire) listes.partenaires = acteur.partenaires;
    return listes;
}

bool peutChangerInterconnexion(const Acteur& acteur, const std::string& champ) noexcept {
    return acteur.role == Role::SuperAdmin || champ == "esaboraActif";
}

bool peutDemenagerPartenaire(const Acteur& acteur) noexcept {
    return acteur.role == Role::SuperAdmin;
}

bool peutVoirPartenaire(const Acteur& acteur, const PartenaireVise& partenaire, bool archive) noexcept {
    if (acteur.role == Role::SuperAdmin) return true;
    return peutModifierPartenaire(acteur, partenaire, archive);
}

bool peutModifierPartenaire(const Acteur& acteur, const PartenaireVise& partenaire, bool archive) noexcept {
    if (archive) return false;
    if (peutTenirPartenaires(acteur, partenaire.territoire)) return true;
    return acteur.role == Role::AdminPartenaire && contient(acteur.partenaires, partenaire.id);
}

}  // namespace histologe::routing
