// Scoring a report again, and telling what changed.
#pragma once

#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/streams/outbox.hpp"
#include "services/scoring/domain/soupcons.hpp"

namespace histologe::scoring {

// One report to score again. Without answers, those it was last scored with.
struct DemandeReevaluation {
    std::string signalement;
    core::Json reponses;    // null: as they are
    core::Instant ditLe{};  // when the answers were said; older ones than those known are ignored
};

struct Ecart {
    std::string signalement;
    std::string ancienneVersion;
    double ancien = 0;
    double nouveau = 0;
    ChangementSoupcons soupcons;
};

// What scoring again has changed. `demandes` names each signalement once.
//  - what is evaluated otherwise than before is stored, the former evaluation kept beside it, and `signalement.evalue`
//  is
//    said with the suspicions that appeared or ended;
//  - what is evaluated as before keeps its score, and nothing is said;
//  - a report without a score gets its first one, so that an edit that overtakes its declaration is not lost.
// Nothing at all is written or said when `appliquer` is false. One entry for each change.
std::vector<Ecart> reevaluer(postgres::Transaction& transaction, const desordres::Catalogue& catalogue,
                             const streams::Outbox& outbox, core::Instant now, const std::string& cause,
                             const std::vector<DemandeReevaluation>& demandes, bool appliquer = true);

}  // namespace histologe::scoring
