// The files of a signalement: listed with links that open them for a while, handed out, edited, removed.
#pragma once

#include <chrono>

#include "libs/core/clock.hpp"
#include "libs/files/object_store.hpp"
#include "libs/files/signed_link.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/pool.hpp"
#include "services/intake/http/geste.hpp"

namespace histologe::intake {

// What the operations on files need; all of it outlives the router.
struct FichiersContext {
    postgres::Pool& pool;
    files::ObjectStore& store;
    const files::LinkSigner& signer;
    const core::Clock& clock;
    const EspaceContext& espace;  // by which usagers act
    std::chrono::minutes linkLife{60};
};

// Binds `getFichiersSignalement`, `addFichiersSignalement`, `getFichier`, `patchFichier`, `deleteFichier`.
void bindFichiers(http::Router& router, FichiersContext context);

}  // namespace histologe::intake
