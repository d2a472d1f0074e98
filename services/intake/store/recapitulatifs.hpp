// The summaries of the rescue services' declarations: work to do, then where they lie.
#pragma once

#include <optional>
#include <string>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "libs/postgres/connection.hpp"
#include "services/intake/domain/secours.hpp"

namespace histologe::intake {

// Queued, with the declaration.
void demanderRecapitulatif(postgres::Transaction& transaction, const std::string& signalement, const std::string& service,
                           core::Instant now);

// One that is due, in this worker's hands until `jusquA`.
struct RecapitulatifAFaire {
    std::string signalement;
    std::string bail;
    int essais = 0;  // before this one
    std::string reference;
    std::string territoire;
    ServiceSecours service;
    core::Json contenu;
    core::Json reponses;
    core::Instant deposeLe{};
    int fichiers = 0;
};
std::optional<RecapitulatifAFaire> baillerRecapitulatif(postgres::Connection& session, const std::string& bail,
                                                        core::Instant now, core::Instant jusquA);

// It is made and lies under this key. False when it is in other hands by now.
bool noterRecapitulatif(postgres::Transaction& transaction, const RecapitulatifAFaire& fait, const std::string& cle,
                        core::Instant now);
// It could not be made: to be tried again then.
void rendreRecapitulatif(postgres::Connection& session, const RecapitulatifAFaire& rendu, core::Instant prochainEssai);

// Of a declaration of that service: where the summary lies, empty while it is being made. Nothing for any other.
std::optional<std::string> findRecapitulatif(postgres::Connection& session, const std::string& signalement,
                                             const std::string& service);

}  // namespace histologe::intake
