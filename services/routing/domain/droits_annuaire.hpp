// Who may see and change what of the directory.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/routing/domain/comptes.hpp"

namespace histologe::routing {

// A partner is shown to a super admin, and while it is not archived to the managers of its territory and to its own
// admins; to everybody else it does not exist. (PARTNER_EDIT, and the list of archived partners, in the reference of
// permissions.)
bool peutVoirPartenaire(const Acteur& acteur, const PartenaireVise& partenaire, bool archive) noexcept;
// PARTNER_EDIT. Never what is archived.
bool peutModifierPartenaire(const Acteur& acteur, const PartenaireVise& partenaire, bool archive) noexcept;
// PARTNER_DELETE, and to create one: super admins, managers in their territories.
bool peutTenirPartenaires(const Acteur& acteur, const std::optional<std::string>& territoire) noexcept;

// AUTO_AFFECTATION_RULE_* and the sheets of landlords: super admins write them, managers of the territory read them.
bool peutEcrireReglesEtBailleurs(const Acteur& acteur) noexcept;
// A landlord of these territories: managers of one of them, super admins.
bool peutVoirBailleur(const Acteur& acteur, const std::vector<std::string>& territoires) noexcept;
// Sheets of territories that a list may show; absent: all.
std::optional<std::vector<std::string>> territoiresDesListes(const Acteur& acteur);
// Partners that a list may show: of these territories, or these ones; both absent: all. Archived ones are for super
// admins alone.
struct PartenairesDesListes {
    std::optional<std::vector<std::string>> territoires;
    std::optional<std::vector<std::string>> partenaires;
};
PartenairesDesListes partenairesDesListes(const Acteur& acteur, bool archives);
// The links with a partner's own system: a manager of the territory switches the exchange (`esaboraActif`) on and off; the
// rest is a super admin's.
bool peutChangerInterconnexion(const Acteur& acteur, const std::string& champ) noexcept;
// A partner changes its territory by a super admin's hand alone.
bool peutDemenagerPartenaire(const Acteur& acteur) noexcept;

// ZONE_MANAGE, TAG_EDIT, TAG_DELETE, TERRITORY_GET_BAILLEURS_LIST: super admins, managers in their territories.
bool gereTerritoire(const Acteur& acteur, const std::string& territoire) noexcept;
// A member of the territory, whatever his role, or a super admin: who may read its tags and communes.
bool estDuTerritoire(const Acteur& acteur, const std::string& territoire) noexcept;

}  // namespace histologe::routing
