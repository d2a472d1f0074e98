// The search for the place of each dwelling: what is to be looked for, who does it, what was found.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "services/intake/domain/localisation.hpp"

namespace histologe::intake {

// Makes the search due for those of the signalements whose address was not looked for yet, or is another one since.
// Repeating it changes nothing. Queued.
void demanderLocalisations(postgres::Transaction& transaction, const std::vector<std::string>& signalements,
                           core::Instant now);

// A search that a worker took in hand.
struct LocalisationBaillee {
    std::string signalement;
    std::string bail;
    int essais = 0;
    core::Json trouvee;  // by an earlier search; null when there was none
    std::string territoire;
    core::Json adresse;  // as declared
};

// Takes one that is due, the newest first: a usager does not wait behind twenty thousand imported dossiers. Nobody else
// takes it until `jusquA`. Empty when none is due.
std::optional<LocalisationBaillee> baillerLocalisation(postgres::Connection& session, const std::string& bail,
                                                       core::Instant now, core::Instant jusquA);

// How a search ended. Without `prochainEssai` it is over.
struct FinDeRecherche {
    std::optional<Localisation> trouvee;  // empty: nothing was learnt, what was known stays
    std::optional<core::Instant> prochainEssai;
    std::string erreur;
    int essais = 0;
};

// Records it; false when the lease is no longer this worker's, or the address has changed meanwhile: then nothing is
// recorded.
bool noterLocalisation(postgres::Transaction& transaction, const LocalisationBaillee& baillee,
                       const FinDeRecherche& fin, core::Instant now);

struct AttenteDeLocalisation {
    long long combien = 0;
    std::optional<core::Instant> depuis;  // of the oldest
};
AttenteDeLocalisation compterALocaliser(postgres::Connection& session);

// What is known of a signalement's place, for people.
struct LocalisationGardee {
    std::string etat;  // A_CHERCHER, CHERCHEE
    core::Json trouvee;
    std::optional<core::Instant> chercheeLe;
    core::Json adresse;  // as declared
};
// Empty `etat`: never looked for. Empty when there is no such signalement.
std::optional<LocalisationGardee> findLocalisation(postgres::Connection& session, const std::string& signalement);
std::optional<LocalisationGardee> findLocalisation(postgres::Transaction& transaction, const std::string& signalement);

}  // namespace histologe::intake
