// A signalement whose document did not come from the public form: an agent's, a rescue service's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/domain/territoires/territoires.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/domain/fiche.hpp"

namespace histologe::intake {

struct FicheADeposer {
    std::string uuid;
    std::string territoire;
    std::string source;  // FORM_PRO_BO, FORM_SERVICE_SECOURS
    std::optional<std::string> compte;
    Fiche fiche;
    core::Json saisie = nullptr;        // what the event says of who wrote it; null: nothing
    std::vector<std::string> fichiers;  // keys of received files that nobody else has yet
};

// Writes the signalement with its definitive number (of the year in the territoire's calendar), its files and the event
// `signalement.depose`; returns its reference. All of it stands or falls with the transaction.
std::string deposerFiche(postgres::Transaction& transaction, const streams::Outbox& outbox,
                         const domain::Territoires& territoires, const FicheADeposer& depot, core::Instant now);

}  // namespace histologe::intake
