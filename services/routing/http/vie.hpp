// The life of dossiers: what may be done, doing it, and what was done.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/streams/outbox.hpp"
#include "services/routing/annuaire_courant.hpp"

namespace histologe::routing {

// All outlive the handlers.
struct VieContext {
    postgres::Pool& pool;
    const streams::Outbox& outbox;
    AnnuaireCourant& annuaire;
    const core::Clock& clock;
};

// Binds `getTransitions`, `getTransitionsDossier`, `actOnDossier`, `dispatchDossier`, `actOnAffectation`, `listHistorique`.
void bindVie(http::Router& router, const VieContext& context);

}  // namespace histologe::routing
