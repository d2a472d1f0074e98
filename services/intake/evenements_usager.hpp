// The events by which people are written to about a usager's space.
#pragma once

#include "libs/streams/outbox.hpp"
#include "services/intake/store/espace.hpp"
#include "services/intake/store/invitations.hpp"

namespace histologe::intake {

// `usager.tiers_invite`: the tiers is to be written to. `jeton` is the link's secret, which nothing else keeps.
streams::Event evenementTiersInvite(const streams::Outbox& outbox, const DossierUsager& dossier,
                                    const Invitation& invitation, const std::string& jeton);

// `usager.courriel_a_confirmer`: the link with this secret goes to the new address, a notice to the one that counts
// until then, if there is one.
streams::Event evenementCourrielAConfirmer(const streams::Outbox& outbox, const DossierUsager& dossier,
                                           const std::string& courriel, const std::string& jeton,
                                           core::Instant expireLe);

}  // namespace histologe::intake
