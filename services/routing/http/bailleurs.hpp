// The social landlords, for whoever has to name his own.
#pragma once

#include "libs/http/router.hpp"
#include "services/routing/annuaire_courant.hpp"

namespace histologe::routing {

// Binds `searchBailleurs`, in the shape that the public form reads.
void bindBailleurs(http::Router& router, AnnuaireCourant& annuaire);

}  // namespace histologe::routing
