// The directory as it is now: an immutable snapshot, swapped when the stored one has moved on.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "libs/domain/territoires/communes.hpp"
#include "libs/domain/territoires/territoires.hpp"
#include "libs/postgres/pool.hpp"
#include "services/routing/domain/annuaire.hpp"
#include "services/routing/domain/annuaire_json.hpp"

namespace histologe::routing {

// What routing knows of a partner beyond what decides: where it is written to.
struct Contact {
    std::string courriel;
    bool notifiable = true;
};

struct AnnuaireCharge {
    std::int64_t version = 0;
    std::unique_ptr<const Annuaire> annuaire;
    std::unique_ptr<const domain::Territoires> territoires;
    std::unordered_map<std::string, Contact> contacts;  // by partner id
    std::vector<EntreeIllisible> illisibles;  // entries that count for nothing, each with its reason
    domain::Communes
        fusions;  // no row, only what merged communes have become; the lists of `annuaire` have today's codes
};

// Any thread. A reader keeps the snapshot that it was given for as long as it needs it.
class AnnuaireCourant {
  public:
    explicit AnnuaireCourant(postgres::Pool& pool) : pool_(pool) {}

    // The snapshot of the stored directory; looks at most once a second whether it changed. Throws what the database
    // throws when there is no snapshot yet; afterwards an unreachable database leaves the last one in use.
    std::shared_ptr<const AnnuaireCharge> get();
    // The snapshot of the directory as this transaction sees it: a change that was committed anywhere counts. For what decides
    // where a dossier goes; costs a round trip.
    std::shared_ptr<const AnnuaireCharge> get(postgres::Transaction& transaction);
    // After a change that this process made: the next reader looks again.
    void oublier();

  private:
    std::shared_ptr<const AnnuaireCharge> lookAgain();
    static std::shared_ptr<const AnnuaireCharge> load(postgres::Connection& session, std::int64_t version);

    postgres::Pool& pool_;
    std::mutex mutex_;
    std::shared_ptr<const AnnuaireCharge> current_;
    std::chrono::steady_clock::time_point looked_{};
};

}  // namespace histologe::routing
