// What becomes of accounts by the mere passing of time: selections of what is due. Each locks what it takes and passes over
// what another instance holds.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "services/routing/store/comptes.hpp"

namespace histologe::routing {

// Accounts that were not used since `depuis` and are not to be archived yet: their password is emptied and they are to be
// archived at `prevuLe`. Never one of the platform's own.
std::vector<CompteLu> prevoirArchivages(postgres::Transaction& transaction, core::Instant depuis, core::Instant prevuLe,
                                        int combien);
// Territories with accounts that are to be archived after `apres`, that were not announced for this month: how many
// accounts, and the ACTIVE managers. Marked as announced.
struct AnnonceArchivages {
    std::string territoire;
    int comptes = 0;
    std::vector<std::string> responsables;  // ids
};
std::vector<AnnonceArchivages> prendreAnnonces(postgres::Transaction& transaction, std::chrono::sys_days mois,
                                               core::Instant apres);

// Accounts whose day has come.
std::vector<CompteLu> archivagesDus(postgres::Transaction& transaction, core::Instant now, int combien);

// Accounts that nobody opened, created or reminded of before `avant`: marked as reminded now.
std::vector<CompteLu> rappelsActivation(postgres::Transaction& transaction, core::Instant avant, core::Instant now,
                                        int combien);

// Archived accounts that were not used since `depuis`: what they say of a person is emptied, in the log of events too.
// Returns how many.
int anonymiser(postgres::Transaction& transaction, core::Instant depuis, core::Instant now, int combien);

// Empties, in the log of events, what carried the secrets of links that expired a day ago. Returns how many links.
int effacerSecrets(postgres::Transaction& transaction, core::Instant now, int combien);

}  // namespace histologe::routing
