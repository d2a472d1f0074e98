// Signing in at an identity provider.
#pragma once

#include "services/routing/http/connexion.hpp"
#include "services/routing/proconnect.hpp"

namespace histologe::routing {

// A sign-in that was begun is finished within ten minutes.
inline constexpr std::chrono::minutes kVieDuDepart{10};

// Binds `startProconnect`, `finishProconnect`. All outlive the router.
void bindConnexionProconnect(http::Router& router, const ContexteConnexion& contexte, Proconnect& proconnect);

}  // namespace histologe::routing
