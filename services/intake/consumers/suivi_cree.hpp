// A suivi that usagers may read is kept for their space.
#pragma once

#include "libs/streams/consumer.hpp"

namespace histologe::intake {

streams::Handler onSuiviCree();
// Handler of `suivi.supprime`: the usager reads it no more.
streams::Handler onSuiviSupprime();

}  // namespace histologe::intake
