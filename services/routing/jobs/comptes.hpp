// What happens to accounts by the mere passing of time.
#pragma once

#include <vector>

#include "libs/postgres/pool.hpp"
#include "libs/service/travaux.hpp"
#include "services/routing/comptes.hpp"

namespace histologe::routing {

// An account that was not used for a year is announced on the 15th of the month and archived fifteen days later; one that was
// archived and not used for two years is anonymised; one that was never opened is reminded of every ten days (references of
// routing, 1.5, and of notifications, 12.2).
inline constexpr std::chrono::days kAvantArchivage{15};
inline constexpr std::chrono::days kEntreRappels{10};

// `inactivite`: what is due since the last 15th, 04:00 in Paris, whenever it runs: passwords are emptied, owners are told,
//   the managers of each territory are told once a month how many.
// `archivage_comptes`: archives accounts whose day has come. A sign-in before then has taken it back.
// `anonymisation_comptes`: only when `anonymise`.
// `rappel_activation`: another link to who has not opened his account for ten days.
// `menage_connexions`: forgets sessions, links, codes and failures that are over, and the secrets that mails carried.
// The references outlive the work.
std::vector<service::Travail> travauxDesComptes(postgres::Pool& pool, const VieDesComptes& vie, bool anonymise);

}  // namespace histologe::routing
