// An act of a usager or a landlord becomes a suivi, and the dossier what it asks for.
#pragma once

#include "libs/streams/consumer.hpp"
#include "services/routing/consumers/orientation.hpp"

namespace histologe::routing {

// Says `suivi.cree` with the partenaires who have the dossier, and `dossier.statut_modifie` when the act ends an
// injonction: closed by the usager, or begun anew as an ordinary procedure, which is then routed. A dossier that an
// agent has moved in the meantime stays where he put it. All outlive the handler.
streams::Handler onUsagerActe(const streams::Outbox& outbox, AnnuaireCourant& annuaire, Orienteur& orienteur);

}  // namespace histologe::routing
