// A tiers invited to follow a signalement: by the occupant, then yes or no by the link of the mail.
#pragma once

#include "libs/http/router.hpp"
#include "services/intake/http/geste.hpp"

namespace histologe::intake {

// Binds `createUsagerInvitation`, `getInvitation`, `acceptInvitation`, `refuseInvitation`. Reading the link changes
// nothing, so that a mail scanner answers for nobody; answered again, it says what was answered.
void bindInvitations(http::Router& router, const EspaceContext& context);

}  // namespace histologe::intake
