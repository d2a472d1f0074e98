// A changed document is kept: a new version, its place in the history, and the event that tells of it.
#pragma once

#include <string>
#include <vector>

#include "libs/streams/outbox.hpp"
#include "services/intake/store/fiches.hpp"

namespace histologe::intake {

// Who changed what.
struct AuteurDeModification {
    std::string compte;  // the account; of a usager `occupant` or `declarant`
    std::string role;
};

// Queues the document as it now is in `gardee`, as the version after the one that it holds, with the event
// `signalement.modifie`. `section` is the name under which the history shows it; `estAilleurs` when the address is now
// that of another place.
void ecrireModification(postgres::Transaction& transaction, const streams::Outbox& outbox, const FicheGardee& gardee,
                        const std::string& section, const AuteurDeModification& auteur,
                        const std::vector<Changement>& changements, core::Instant now, bool estAilleurs = false);

}  // namespace histologe::intake
