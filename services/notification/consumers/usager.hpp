// What is said to one person and needs a mail: an invitation, a new address, the end of an injonction, a summary.
#pragma once

#include "libs/streams/consumer.hpp"

namespace histologe::notification {

streams::Handler onTiersInvite(const core::Clock& clock);
streams::Handler onCourrielAConfirmer(const core::Clock& clock);
streams::Handler onRecapitulatifPret(const core::Clock& clock);
streams::Handler onUsagerActe(const core::Clock& clock);

}  // namespace histologe::notification
