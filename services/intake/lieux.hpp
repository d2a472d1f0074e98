// Where a dwelling may be declared: the communes of France and the territories as the directory last described them.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "libs/domain/territoires/communes.hpp"
#include "libs/domain/territoires/desserte.hpp"
#include "libs/domain/territoires/territoires.hpp"
#include "libs/postgres/pool.hpp"

namespace histologe::intake {

// Any thread; a reader keeps the snapshot that it was given for as long as it needs it. Both tables are looked at again
// after a change that this instance heard of, and every second otherwise, since another instance may have heard of one.
class Lieux {
  public:
    // `communes` are those that are shipped: they hold until the directory told others.
    Lieux(postgres::Pool& pool, domain::Communes communes);

    std::shared_ptr<const domain::Communes> communes();
    // Their lists of open communes hold today's codes.
    std::shared_ptr<const domain::Territoires> territoires();
    // The consumer heard of a change; it counts once its transaction is committed, which is when refreshIfChanged() is
    // called.
    void noteChange() { changed_ = true; }
    void refreshIfChanged();

  private:
    struct Lus {
        std::shared_ptr<const domain::Communes> communes;
        std::int64_t version = 0;  // of the communes; 0: the shipped ones
        std::string document;      // of the territories
        std::shared_ptr<const domain::Territoires> territoires;
    };
    Lus lus();
    Lus readAfter(Lus lus);

    postgres::Pool& pool_;
    std::mutex reading_;  // held while the database is asked
    std::mutex mutex_;    // of the two that follow
    Lus lus_;
    std::chrono::steady_clock::time_point looked_{};
    std::atomic<bool> changed_{false};
};

}  // namespace histologe::intake
