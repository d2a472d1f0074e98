// The status of a dossier changed: the usager's signalement follows it.
#pragma once

#include "libs/streams/consumer.hpp"

namespace histologe::intake {

// Handler of `dossier.statut_modifie`.
streams::Handler onDossierStatutModifie();

}  // namespace histologe::intake
