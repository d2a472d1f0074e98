// The events by which people are written to with a link of theirs.
#pragma once

#include "libs/streams/outbox.hpp"
#include "services/intake/store/doublons.hpp"
#include "services/intake/store/liens.hpp"

namespace histologe::intake {

// Why: he asked for the link, or he is reminded that his landlord has had his time.
enum class MotifDeLien { Demande, Rappel };

// `brouillon.lien_demande` (its schema: api/events). The draft's uuid is its secret: it stands in the personal part
// only, and the subject is a fingerprint of it. Throws core::Error when the answers cannot be read.
streams::Event evenementLienBrouillon(const streams::Outbox& outbox, const BrouillonAEcrire& brouillon,
                                      MotifDeLien motif);

// `usager.lien_demande`: the link by which the signalement is followed goes to the mail that is stored.
streams::Event evenementLienSuivi(const streams::Outbox& outbox, const SignalementRetrouve& signalement);

}  // namespace histologe::intake
