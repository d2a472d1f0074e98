// What happens to drafts by the mere passing of time.
#pragma once

#include <vector>

#include "libs/postgres/pool.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/jobs/travaux.hpp"

namespace histologe::intake {

// A draft is kept for so many months after its last save (reference of intake, 2.2).
inline constexpr int kMoisDeConservation = 6;
// The landlord of social housing has so many months to act before the draft's owner is reminded.
inline constexpr int kMoisPourAgir = 2;

// `rappel_brouillons`: writes once to the owner of a draft of social housing that stopped at the step of the landlord's
// information, when the landlord was told two months ago: from 06:00 of the second day on, in Paris.
// `expiration_brouillons`: deletes drafts in progress or archived that were not saved for six months.
// `menage_acces`: forgets old counts and names of drafts.
// The references outlive the work.
std::vector<Travail> travauxDesBrouillons(postgres::Pool& pool, const streams::Outbox& outbox);

}  // namespace histologe::intake
