// The usagers of each dossier, kept from its filing for the mails that later events ask for.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "services/notification/domain/faits.hpp"

namespace histologe::notification {

// Keeps the dossiers. Returns those whose acceptance was heard of before: their mail is still owed.
std::vector<DossierUsagers> garderDossiers(postgres::Transaction& transaction,
                                           const std::vector<DossierUsagers>& dossiers, core::Instant now);

// Remembers that the dossiers were accepted. Returns those that are known; the others will be given by
// garderDossiers(). Each signalement at most once.
std::vector<DossierUsagers> validerDossiers(postgres::Transaction& transaction,
                                            const std::vector<std::string>& signalements, core::Instant now);

// The dossiers among these, by signalement.
std::unordered_map<std::string, DossierUsagers> trouverDossiers(postgres::Transaction& transaction,
                                                                const std::vector<std::string>& signalements);

// Keeps what a correction says of dossiers that are known: people, address, whether somebody lives there. Of several for one
// dossier the last counts. What it does not say (the follow-up code, the territory's name) stays. Queued.
void corrigerDossiers(postgres::Transaction& transaction, const std::vector<DossierUsagers>& dossiers,
                      core::Instant now);

}  // namespace histologe::notification
