#include "services/intake/jobs/brouillons.hpp"

#include "libs/core/error.hpp"
#include "libs/core/log.hpp"
#include "libs/core/zone.hpp"
#include "services/intake/domain/lecture.hpp"
#include "services/intake/evenements_liens.hpp"
#include "services/intake/store/comptes.hpp"
#include "services/intake/store/liens.hpp"
#include "services/intake/store/sessions.hpp"

namespace histologe::intake {
namespace {

using namespace std::chrono_literals;

constexpr int kBatch = 200;
// Months are told from their first day; the reminder leaves on the morning of the second.
constexpr std::chrono::hours kMorning = 24h + 6h;

int remind(postgres::Pool& pool, const streams::Outbox& outbox, core::Instant now) {
    const auto day = core::addMonths(core::Zone::paris().dayOf(now - kMorning), -kMoisPourAgir);
    auto session = pool.acquire();
    postgres::Transaction transaction(*session);
    const auto due = prendreRappels(transaction, texteDe(std::chrono::sys_days(day)), now, kBatch);
    for (const auto& draft : due) {
        try {
            outbox.add(transaction, evenementLienBrouillon(outbox, draft, MotifDeLien::Rappel));
        } catch (const core::Error& error) {
            if (error.kind() == core::ErrorKind::Unavailable) throw;
            // One draft that cannot be read must not keep the others from their mails.
            core::log::warning("draft_not_reminded", {{"code", error.code()}});
        }
    }
    transaction.commit();
    if (!due.empty()) outbox.announce();
    return static_cast<int>(due.size());
}

int expire(postgres::Pool& pool, core::Instant now) {
    const auto zone = core::Zone::paris();
    const auto day = core::addMonths(zone.dayOf(now), -kMoisDeConservation);
    // Whole days: nothing goes before the day on which six months are over.
    return effacerBrouillons(*pool.acquire(), zone.startOf(day), kBatch);
}

int tidy(postgres::Pool& pool, core::Instant now) {
    auto session = pool.acquire();
    return effacerComptes(*session, now, kBatch) + effacerPoignees(*session, now, kBatch) +
           effacerSessions(*session, now, kBatch);
}

}  // namespace

std::vector<Travail> travauxDesBrouillons(postgres::Pool& pool, const streams::Outbox& outbox) {
    return {{"rappel_brouillons", 1h, [&pool, &outbox](core::Instant now) { return remind(pool, outbox, now); }},
            {"expiration_brouillons", 1h, [&pool](core::Instant now) { return expire(pool, now); }},
            {"menage_acces", 1h, [&pool](core::Instant now) { return tidy(pool, now); }}};
}

}  // namespace histologe::intake
