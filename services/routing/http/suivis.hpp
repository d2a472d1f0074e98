// Suivis and subscriptions, for those who work on a dossier.
#pragma once

#include "libs/http/router.hpp"
#include "services/routing/http/vie.hpp"

namespace histologe::routing {

// Binds `listCategoriesSuivi`, `listSuivis`, `createSuivi`, `updateSuivi`, `deleteSuivi`, `readSuivis`, `listAbonnements`,
// `subscribeDossier`, `unsubscribeDossier`.
void bindSuivis(http::Router& router, const VieContext& context);

}  // namespace histologe::routing
