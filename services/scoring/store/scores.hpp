// The table of scores.
#pragma once

#include <map>
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
    core::Instant reponsesLe{};  // when the answers were said
};

// Writes the scores of signalements that have none; returns the signalements that were written.
std::set<std::string> insertScores(postgres::Transaction& transaction, const std::vector<ScoreRow>& rows);

// The scores of those of these signalements that have one, held until the end of the transaction.
std::map<std::string, ScoreRow> lockScores(postgres::Transaction& transaction,
                                           const std::vector<std::string>& signalements);

// Writes these scores, at most one for a signalement, over what was there.
void replaceScores(postgres::Transaction& transaction, const std::vector<ScoreRow>& rows);

// The score of a signalement; empty when it has none.
std::optional<ScoreRow> findScore(postgres::Connection& session, const std::string& signalement);

}  // namespace histologe::scoring
