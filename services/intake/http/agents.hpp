// What agents do with signalements: write, read and change them.
#pragma once

#include <string>

#include "libs/auth/principal.hpp"
#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/files/object_store.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/domain/section_examen.hpp"
#include "services/intake/lieux.hpp"

namespace histologe::intake {

// Everything outlives the router.
struct AgentsContext {
    postgres::Pool& pool;
    const streams::Outbox& outbox;
    const core::Clock& clock;
    const desordres::Catalogue& catalogue;
    Lieux& lieux;
};

// Binds the operations on signalements: `getSignalement`, `getSection`, `modifierSection`, `listModifications`,
// `listAcces`.
void bindFiches(http::Router& router, AgentsContext context);
// Binds the operations on agents' drafts: `createSaisie`, `listSaisies`, `getSaisie`, `saveEtape`, `archiveSaisie`,
// `validerSaisie`; and `getFormulaire`, which describes the fields.
void bindSaisies(http::Router& router, AgentsContext context);

// Binds the rescue services' form: `getServiceSecours`, `verifierEtapeDesSecours`, `declarerParLesSecours`,
// `getRecapitulatifDesSecours` (summaries lie in `store`, which outlives the router); and its doors:
// `createServiceSecours`, `listServicesSecours`, `closeServiceSecours`.
void bindSecours(http::Router& router, AgentsContext context, files::ObjectStore& store);

// Binds the invitations that agents send in the occupant's place: `createInvitation`, `listInvitations`.
void bindInvitationsDesAgents(http::Router& router, AgentsContext context);

// The rules that need to know the place of a dwelling, for these territories.
void connaitreLesLieux(ContexteDeSection& contexte, Lieux& lieux);
// The day that it is in a territory.
std::chrono::sys_days aujourdhuiDans(Lieux& lieux, const std::string& territoire, core::Instant now);
// The bearer, if he is an agent or a system (403 for a usager or a bailleur, whose door is another).
const auth::Principal& agentOf(const http::Request& request);
// 400 with every broken rule.
[[noreturn]] void refuser(std::vector<core::Violation> violations);

}  // namespace histologe::intake
