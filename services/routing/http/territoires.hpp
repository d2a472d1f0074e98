// The territories, for whoever wants to know where the service is open.
#pragma once

#include "libs/http/router.hpp"
#include "services/routing/annuaire_courant.hpp"

namespace histologe::routing {

// Binds `listTerritoires`.
void bindTerritoires(http::Router& router, AnnuaireCourant& annuaire);

}  // namespace histologe::routing
