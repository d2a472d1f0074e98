// Choosing the building of a dwelling whose place is not known.
#pragma once

#include "services/intake/http/agents.hpp"
#include "services/intake/http/espace_usager.hpp"

namespace histologe::intake {

// Binds `setBatiment` (agents) and `setUsagerBatiment`. The choice is kept at once; its position comes from the register,
// off the request. Refused (409) where the position is known already: an address is corrected, not contradicted.
void bindBatiments(http::Router& router, AgentsContext agents, const EspaceContext& espace);

}  // namespace histologe::intake
