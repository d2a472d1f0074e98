// What agents do at intake and the thread of the dossier says at once: they invite somebody, they remove a file.
#pragma once

#include "libs/streams/consumer.hpp"
#include "libs/streams/outbox.hpp"
#include "services/routing/annuaire_courant.hpp"

namespace histologe::routing {

// Both write the suivi SIGNALEMENT_EDITED_BO in the name of the agent's partenaire (of `systeme` when he has none) and
// say `suivi.cree`. What usagers do comes with an act of their own, and does nothing here.

// The usager sees that somebody was invited.
streams::Handler onTiersInvite(const streams::Outbox& outbox, AnnuaireCourant& annuaire);
// For agents only, and never on a closed dossier, whose thread is ended.
streams::Handler onFichierSupprime(const streams::Outbox& outbox, AnnuaireCourant& annuaire);

}  // namespace histologe::routing
