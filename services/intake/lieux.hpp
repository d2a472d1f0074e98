// Where a dwelling may be declared: the communes of France and the territories as the directory last described them.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "libs/domain/territoires/communes.hpp"
#include "libs/domain/territoires/desserte.hpp"
#include "libs/domain/territoires/territoires.hpp"
#include "libs/postgres/pool.hpp"

namespace histologe::intake {

// Any thread. The communes are loaded once; the territories are read again when refresh() was called, and at most every
// five seconds otherwise, since another instance may have heard of a change.
class Lieux {
  public:
    Lieux(postgres::Pool& pool, domain::Communes communes);

    [[nodiscard]] const domain::Communes& communes() const { return communes_; }
    std::shared_ptr<const domain::Territoires> territoires();
    void refresh();

  private:
    postgres::Pool& pool_;
    domain::Communes communes_;
    std::mutex mutex_;
    std::shared_ptr<const domain::Territoires> territoires_;
    std::chrono::steady_clock::time_point looked_{};
};

}  // namespace histologe::intake
