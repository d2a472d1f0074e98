// Whether an address can be declared: what the first screen of the form asks.
#pragma once

#include "libs/http/router.hpp"
#include "services/intake/lieux.hpp"

namespace histologe::intake {

// Binds `checkTerritory`.
void bindTerritoires(http::Router& router, Lieux& lieux);

}  // namespace histologe::intake
