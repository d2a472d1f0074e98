// The social landlord that a report names, recognised among those of the territory.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/routing/domain/annuaire.hpp"

namespace histologe::routing {

// The landlord of the territory whose name is `denomination` (case, accents and blanks aside), for social housing only;
// a report of private or unknown housing has none, whatever it writes. (Reference of routing, 7.3.)
std::optional<BailleurId> bailleurDuLogement(const Annuaire& annuaire, domain::CodeTerritoire territoire,
                                             std::optional<bool> logementSocial, std::string_view denomination);

// The landlords of the territory in whose name, or in whose company's name, every word of the text is found, in any order (case and accents aside),
// by name; `most` of them at most, none for a text without a word. (Reference of routing, 7.3.)
std::vector<const Bailleur*> bailleursNommes(const Annuaire& annuaire, domain::CodeTerritoire territoire,
                                             std::string_view texte, std::size_t most);

// The name without the mark of those who were struck off the list of social landlords.
std::string nomSansRadiation(std::string_view nom);

}  // namespace histologe::routing
