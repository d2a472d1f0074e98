// The table of scores, and what they were before.
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
    core::Instant ditLe{};  // when the answers were said
};

// A score that another one replaced.
struct EvaluationPassee {
    ScoreRow avant;
    core::Instant remplaceeLe{};
    std::string cause;  // `signalement.modifie`, `recalcul`
    std::vector<std::string> apparues;
    std::vector<std::string> terminees;
};

// Writes the scores of signalements that have none; returns the signalements that were written.
std::set<std::string> insertScores(postgres::Transaction& transaction, const std::vector<ScoreRow>& rows);

// The scores of these signalements, locked until the transaction ends. Those without a score are not in the answer.
std::map<std::string, ScoreRow> lockScores(postgres::Transaction& transaction, const std::vector<std::string>& ids);

// Replaces scores that exist.
void updateScores(postgres::Transaction& transaction, const std::vector<ScoreRow>& rows);

void insertPassees(postgres::Transaction& transaction, const std::vector<EvaluationPassee>& passees);

std::optional<ScoreRow> findScore(postgres::Connection& connection, const std::string& signalement);

// The latest first, at most a hundred. Answers are not kept with them.
std::vector<EvaluationPassee> passeesOf(postgres::Connection& connection, const std::string& signalement);

// Signalements scored with this version after the given one, in order of identifier; empty: from the first.
std::vector<std::string> scoredWith(postgres::Connection& connection, const std::string& version,
                                    const std::string& after, int limit);

}  // namespace histologe::scoring
