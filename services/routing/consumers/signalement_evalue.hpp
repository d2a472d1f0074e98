// A report was evaluated: its dossier can be routed.
#pragma once

#include "libs/streams/consumer.hpp"
#include "services/routing/consumers/orientation.hpp"

namespace histologe::routing {

// Handler of `signalement.evalue`: keeps the score and the qualifications, and routes the dossier if it is declared.
streams::Handler onSignalementEvalue(Orienteur& orienteur);

}  // namespace histologe::routing
