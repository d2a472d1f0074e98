// The registers told where a dwelling is.
#pragma once

#include "libs/streams/consumer.hpp"
#include "services/routing/consumers/orientation.hpp"

namespace histologe::routing {

// Handler of `signalement.localise`: the dossier follows. One that was given to nobody because its position was not
// known is routed again, once there is one; affectations that were made stay whatever the position becomes.
streams::Handler onSignalementLocalise(Orienteur& orienteur);

}  // namespace histologe::routing
