// The directory has another table of communes.
#pragma once

#include "libs/streams/consumer.hpp"
#include "services/intake/lieux.hpp"

namespace histologe::intake {

// Handler of `annuaire.communes_modifiees`: keeps the parts; the table changes once, when all of them are there.
streams::Handler onCommunesModifiees(Lieux& lieux);

}  // namespace histologe::intake
