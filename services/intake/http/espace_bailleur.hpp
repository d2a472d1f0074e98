// The landlord's space: the signalement of an injonction, his answer, his works done.
#pragma once

#include "libs/http/router.hpp"
#include "services/intake/http/geste.hpp"

namespace histologe::intake {

// Binds `getBailleurDossier`, `answerBailleur`, `closeBailleur`, `sendBailleurMessage`.
void bindEspaceBailleur(http::Router& router, const EspaceContext& context);

}  // namespace histologe::intake
