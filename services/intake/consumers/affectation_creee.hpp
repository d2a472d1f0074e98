// A dossier was given to a partenaire: its agents may see the signalement.
#pragma once

#include "libs/streams/consumer.hpp"

namespace histologe::intake {

// Handler of `affectation.creee`.
streams::Handler onAffectationCreee();
// Handlers of `affectation.modifiee`, `affectation.retiree`: they accept it, close it, have it no more.
streams::Handler onAffectationModifiee();
streams::Handler onAffectationRetiree();

}  // namespace histologe::intake
