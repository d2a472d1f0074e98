#include "services/routing/jobs/suivis.hpp"

#include "services/routing/vie_suivis.hpp"

namespace histologe::routing {

std::vector<service::Travail> travauxDesSuivis(postgres::Pool& pool, const streams::Outbox& outbox, AnnuaireCourant& annuaire) {
    constexpr int kLot = 100;
    return {{"suivis_retenus", std::chrono::seconds(30), [&pool, &outbox, &annuaire](core::Instant maintenant) {
                 const auto charge = annuaire.get();
                 const auto session = pool.acquire();
                 postgres::Transaction transaction(*session);
                 const int combien = direSuivisEchus(transaction, outbox, *charge, maintenant, kLot);
                 transaction.commit();
                 if (combien > 0) outbox.announce();
                 return combien;
             }}};
}

}  // namespace histologe::routing
