// From the answers of a draft to the signalement they declare.
#pragma once

#include <optional>
#include <string>

#include "services/intake/domain/demande.hpp"
#include "services/intake/domain/signalement.hpp"

namespace histologe::intake {

// Builds the signalement of a draft (reference of intake, 1.5 and 1.9). Total: whatever the answers, nothing is thrown;
// answers that broke a rule of validation give empty members. Without a known profile the declarant counts as a
// locataire, which validation never lets pass. `territoire` is the key that the INSEE code belongs to.
//
// Decisions: a count, an area or an amount that was not given stays unknown (the reference stores 0); the first of the
// month stands for a month; the consent to the conditions is what the reference records, always true.
Signalement construire(const Demande& demande, std::optional<std::string> territoire);

}  // namespace histologe::intake
