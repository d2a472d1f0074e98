// A territory was added or changed in the directory.
#pragma once

#include "libs/streams/consumer.hpp"
#include "services/intake/lieux.hpp"

namespace histologe::intake {

// Handler of `annuaire.territoire_modifie`: keeps the territory as the directory describes it.
streams::Handler onTerritoireModifie(Lieux& lieux);

}  // namespace histologe::intake
