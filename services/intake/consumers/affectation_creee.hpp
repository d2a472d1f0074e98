// A dossier was given to a partenaire: its agents may see the signalement.
#pragma once

#include "libs/streams/consumer.hpp"

namespace histologe::intake {

// Handler of `affectation.creee`.
streams::Handler onAffectationCreee();

}  // namespace histologe::intake
