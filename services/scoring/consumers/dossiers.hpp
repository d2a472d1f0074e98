// What routing says of dossiers: territoire, status, partenaires. It decides who may see a score.
#pragma once

#include "libs/streams/consumer.hpp"

namespace histologe::scoring {

// Hears `dossier.cree`, `dossier.statut_modifie`, `affectation.creee` and `affectation.retiree`.
void subscribeToDossiers(streams::Subscriptions& subscriptions);

}  // namespace histologe::scoring
