#pragma once

#include "libs/core/clock.hpp"
#include "libs/streams/consumer.hpp"

namespace histologe::notification {

// Handler of `usager.lien_demande` and `brouillon.lien_demande`: owes the link to who asked for it. The clock must
// outlive it.
streams::Handler onLienDemande(const core::Clock& clock);

}  // namespace histologe::notification
