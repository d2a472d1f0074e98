// A territory was added or changed in the directory.
#pragma once

#include "libs/streams/consumer.hpp"

namespace histologe::intake {

// Handler of `annuaire.territoire_modifie`: keeps the territory as the directory describes it.
streams::Handler onTerritoireModifie();

}  // namespace histologe::intake
