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

// Any thread. The communes are loaded once; the territories are read again after a change that this instance heard of, and
// every second otherwise, since another instance may have heard of one.
class Lieux {
  public:
    Lieux(postgres::Pool& pool, domain::Communes communes);

    [[nodiscard]] const domain::Communes& communes() const { return communes_; }
    std::shared_ptr<const domain::Territoires> territoires();
    // The consumer heard of a change; it counts once its transaction is committed, which is when refreshIfChanged() is
    // called.
    void noteChange() { changed_ = true; }
    void refreshIfChanged();

  private:
    postgres::Pool& pool_;
    domain::Communes communes_;
    std::mutex mutex_;
    std::shared_ptr<const domain::Territoires> territoires_;
    std::chrono::steady_clock::time_point looked_{};
    std::atomic<bool> changed_{false};
};

}  // namespace histologe::intake
