// Golden vectors of the public figures: what a file expects beside what we answer.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "libs/core/json.hpp"
#include "libs/domain/desordres/catalogue.hpp"

namespace histologe::golden {

struct StatisticsVector {
    std::string id;  // `front_filter:territoire_13:all_time:signalement_per_statut`
    core::Json expected;
    core::Json actual;
    [[nodiscard]] bool passes() const { return expected == actual; }
};

// The vectors that need no data: months without gaps, rates, motifs that end bad housing.
std::vector<StatisticsVector> unitVectors(const core::Json& file);

// The vectors of the figures served for the data set. `serve` answers the document of a territory's code, or of `all`.
using Serve = std::function<nlohmann::ordered_json(const std::string& territoire)>;
std::vector<StatisticsVector> figureVectors(const core::Json& file, const desordres::Catalogue& catalogue,
                                            const Serve& serve);

}  // namespace histologe::golden
