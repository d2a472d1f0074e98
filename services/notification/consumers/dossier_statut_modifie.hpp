#pragma once

#include "libs/core/clock.hpp"
#include "libs/streams/consumer.hpp"

namespace histologe::notification {

// Handler of `dossier.statut_modifie`: an acceptance owes the usagers a mail, at once or when the filing is heard of.
// The clock must outlive it.
streams::Handler onDossierStatutModifie(const core::Clock& clock);

}  // namespace histologe::notification
