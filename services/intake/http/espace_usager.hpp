// The usager's space: what he sees of his signalement, and what he says, asks and corrects.
#pragma once

#include "libs/http/router.hpp"
#include "services/intake/http/geste.hpp"

namespace histologe::intake {

// Binds `getUsagerSignalement`, `listUsagerFil`.
void bindEspaceUsager(http::Router& router, const EspaceContext& context);

// Binds `sendUsagerMessage`, `addUsagerFichiers`, `stopUsagerProcedure`, `continueUsagerProcedure`,
// `switchUsagerProcedure`, `noteUsagerBailleurPrevenu`, `answerUsagerCloture`.
void bindGestesUsager(http::Router& router, const EspaceContext& context);

// Binds `getUsagerSection`, `modifyUsagerSection`, `confirmUsagerCourriel`: what he may correct himself. A new mail of
// the occupant counts once the link that was sent there is followed.
void bindSectionsUsager(http::Router& router, const EspaceContext& context);

}  // namespace histologe::intake
