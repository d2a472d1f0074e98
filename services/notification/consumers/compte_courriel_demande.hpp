// Hears `compte.courriel_demande`: writes to the owner of an account.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/streams/consumer.hpp"

namespace histologe::notification {

// The clock outlives the handler.
streams::Handler onCompteCourrielDemande(const core::Clock& clock);

}  // namespace histologe::notification
