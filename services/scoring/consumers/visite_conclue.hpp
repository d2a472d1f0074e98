// A visit or an arrêté concluded: what it found stands beside what is suspected.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/streams/consumer.hpp"
#include "libs/streams/outbox.hpp"

namespace histologe::scoring {

// Handler of `visite.conclue`: keeps the findings of the intervention in the place of what was said of it before, and
// says `signalement.evalue`. The score and the suspicions stay as they are; what changes nothing is not said. Throws
// core::Error (Internal, `score_inconnu`) for a report that has no score yet: the event waits for it.
streams::Handler onVisiteConclue(const desordres::Catalogue& catalogue, const streams::Outbox& outbox,
                                 const core::Clock& clock);

}  // namespace histologe::scoring
