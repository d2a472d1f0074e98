// The social landlord that a report names, recognised among those of the territory.
#pragma once

#include <optional>
#include <string_view>

#include "services/routing/domain/annuaire.hpp"

namespace histologe::routing {

// The landlord of the territory whose name is `denomination` (case, accents and blanks aside), for social housing only;
// a report of private or unknown housing has none, whatever it writes. (Reference of routing, 7.3.)
std::optional<BailleurId> bailleurDuLogement(const Annuaire& annuaire, domain::CodeTerritoire territoire,
                                             std::optional<bool> logementSocial, std::string_view denomination);

}  // namespace histologe::routing
