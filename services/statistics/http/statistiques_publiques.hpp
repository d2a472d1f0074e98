// GET /statistiques-filter: the public figures.
#pragma once

#include <chrono>
#include <string>

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/http/message.hpp"
#include "libs/postgres/pool.hpp"
#include "services/statistics/http/memoire.hpp"

namespace histologe::statistics {

// Answers `getStatistiquesPubliques`, from several threads at once.
class StatistiquesPubliques {
  public:
    // What it is given must outlive it. Figures may be as old as `fraicheur`.
    StatistiquesPubliques(postgres::Pool& pool, const desordres::Catalogue& catalogue, const core::Clock& clock,
                          std::chrono::milliseconds fraicheur)
        : pool_(pool), catalogue_(catalogue), clock_(clock), memoire_(fraicheur, clock) {}

    // Any value of `territoire` that is not the code of a territory means the whole country.
    http::Response get(const http::Request& request);

  private:
    std::string selection(const http::Request& request) const;

    postgres::Pool& pool_;
    const desordres::Catalogue& catalogue_;
    const core::Clock& clock_;
    Memoire memoire_;
};

}  // namespace histologe::statistics
