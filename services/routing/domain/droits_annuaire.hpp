// Who may see and change what of the directory.
#pragma once

#include <optional>
#include <string>

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

// ZONE_MANAGE, TAG_EDIT, TAG_DELETE, TERRITORY_GET_BAILLEURS_LIST: super admins, managers in their territories.
bool gereTerritoire(const Acteur& acteur, const std::string& territoire) noexcept;
// A member of the territory, whatever his role, or a super admin: who may read its tags and communes.
bool estDuTerritoire(const Acteur& acteur, const std::string& territoire) noexcept;

}  // namespace histologe::routing
