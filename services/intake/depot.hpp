// From the answers of a final save to a submission ready to be written.
#pragma once

#include <optional>
#include <string>

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/domain/demande.hpp"
#include "services/intake/lieux.hpp"
#include "services/intake/store/depots.hpp"

namespace histologe::intake {

// Everything of a submission but its number: the signalement, its keys, its files, its event. Empty when the answers
// declare no désordre at all (no précision): the draft must then stay a draft. `demande` has passed validation;
// `charge` is the body as it came.
std::optional<Depot> prepareDepot(const std::string& brouillon, const Demande& demande, const std::string& charge,
                                  const desordres::Catalogue& catalogue, const domain::Territoires& territoires,
                                  const domain::Communes& communes, const streams::Outbox& outbox, core::Instant now);

}  // namespace histologe::intake
