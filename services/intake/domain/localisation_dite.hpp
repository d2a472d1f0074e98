// What the service tells the others of where a dwelling is.
#pragma once

#include <string>

#include "services/intake/domain/evenement.hpp"
#include "services/intake/domain/localisation.hpp"

namespace histologe::intake {

// The event `signalement.localise` (its schema: api/events/signalement.localise.json). The street is in `personnel`.
Evenement evenementLocalise(const Localisation& localisation, const std::string& territoire);

}  // namespace histologe::intake
