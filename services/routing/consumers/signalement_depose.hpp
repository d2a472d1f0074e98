// A report was filed: its dossier is opened.
#pragma once

#include "libs/streams/consumer.hpp"
#include "libs/streams/outbox.hpp"
#include "services/routing/consumers/orientation.hpp"

namespace histologe::routing {

// Handler of `signalement.depose`: writes the dossier and what lists need of it, says `dossier.cree`, and routes it if it
// was evaluated already.
streams::Handler onSignalementDepose(AnnuaireCourant& annuaire, const streams::Outbox& outbox, Orienteur& orienteur);

}  // namespace histologe::routing
