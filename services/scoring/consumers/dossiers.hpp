// What routing says of dossiers, as far as it decides who may see a score.
#pragma once

#include "libs/streams/consumer.hpp"

namespace histologe::scoring {

// Adds the handlers of `dossier.cree`, `dossier.statut_modifie` and `affectation.creee`.
void subscribeToDossiers(streams::Subscriptions& subscriptions);

}  // namespace histologe::scoring
