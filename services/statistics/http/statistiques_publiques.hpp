// GET /statistiques-filter: the public figures.
#pragma once

#include <chrono>
#include <string>

#include "libs/core/clock.hpp"
#include "libs/domain/desordres/catalogue.hpp"
#include "libs/http/message.hpp"
#include "libs/postgres/pool.hpp"
#include "services/statistics/domain/releve.hpp"
#include "services/statistics/http/memoire.hpp"

namespace histologe::statistics {

// Answers `getStatistiquesPubliques`, from several threads at once. The figures of the whole country agree with one
// another; in the answer of a territory the national ones may be of another instant than the territory's.
class StatistiquesPubliques {
  public:
    // What it is given must outlive it. Figures may be as old as `fraicheur` when they are served.
    StatistiquesPubliques(postgres::Pool& pool, const desordres::Catalogue& catalogue, const core::Clock& clock,
                          std::chrono::milliseconds fraicheur);

    // Any value of `territoire` that is not the code of a territory means the whole country.
    http::Response get(const http::Request& request);

  private:
    std::string render(const Releve& pays, const std::string& territoire);

    postgres::Pool& pool_;
    const desordres::Catalogue& catalogue_;
    const core::Clock& clock_;
    std::string cacheControl_;
    // An answer is made of what was read a moment ago and kept for another: each has half of the time.
    Memoire<Releve> pays_;
    Memoire<std::string> reponses_;  // by code of territory, empty for the whole country
};

}  // namespace histologe::statistics
