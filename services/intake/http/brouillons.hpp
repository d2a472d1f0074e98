// Drafts: begun, saved, read, archived, submitted, as the public form does it.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/joined_commit.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/streams/backlog.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/lieux.hpp"
#include "services/intake/store/depots.hpp"

namespace histologe::intake {

using DepotWriter = postgres::JoinedCommit<Depot, Accuse>;
using BrouillonWriter = postgres::JoinedCommit<Brouillon, Sauvegarde>;

// What one draft and one address may do before they are told to wait (429). A town hall's or a mobile network's many
// people share an address.
struct LimitesBrouillons {
    std::uint32_t enregistrementsParMinute = 120;  // saves of one draft
    std::uint32_t brouillonsParHeure = 600;        // drafts begun from one address
};

// What the operations on drafts need; all of it outlives the router.
struct BrouillonsContext {
    postgres::Pool& pool;
    DepotWriter& depots;
    BrouillonWriter& brouillons;
    const streams::Outbox& outbox;
    streams::Backlog& backlog;
    // Submissions wait while more events than this are still to be applied somewhere.
    std::int64_t backlogMost;
    const core::Clock& clock;
    const desordres::Catalogue& catalogue;
    Lieux& lieux;
    std::string publicUrl;
    LimitesBrouillons limites = {};
};

// Binds `checkBrouillon`, `createBrouillon`, `saveBrouillon`, `getBrouillonInformations`, `archiveBrouillon`.
void bindBrouillons(http::Router& router, BrouillonsContext context);

}  // namespace histologe::intake
