// A signalement was declared or changed: its dwelling is to be found.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/streams/consumer.hpp"

namespace histologe::intake {

// Handler of this service's own `signalement.depose` and `signalement.modifie`: makes the search due, unless this
// address was looked for already. Whoever declared (a usager, an agent, an import), the work begins here, off every
// request.
streams::Handler onAdresseAChercher(const core::Clock& clock);

}  // namespace histologe::intake
