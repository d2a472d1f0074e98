// The table of scores.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"

namespace histologe::scoring {

struct ScoreRow {
    std::string signalement;
    std::string version;
    double score = 0;
    double scoreBatiment = 0;
    double scoreLogement = 0;
    core::Json precisions;
    core::Json qualifications;
    core::Json reponses;
    core::Instant evalueLe{};
};

// Writes the scores of signalements that have none; returns the signalements that were written.
std::set<std::string> insertScores(postgres::Transaction& transaction, const std::vector<ScoreRow>& rows);

// The score of a signalement; empty when it has none.
std::optional<ScoreRow> findScore(postgres::Connection& session, const std::string& signalement);

}  // namespace histologe::scoring
