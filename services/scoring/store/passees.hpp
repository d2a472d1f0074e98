// What scores were before they were replaced.
#pragma once

#include <string>
#include <vector>

#include "services/scoring/store/scores.hpp"

namespace histologe::scoring {

// A score that another one replaced; its answers are not kept.
struct EvaluationPassee {
    ScoreRow avant;
    core::Instant remplaceeLe{};
    std::string cause;      // `signalement.modifie`, `recalcul`
    core::Json suspicions;  // {apparues, terminees}: what the change made of them
};

// True when two evaluations differ in anything but their times and answers.
bool differs(const ScoreRow& one, const ScoreRow& other);

// Queued in the transaction.
void insertPassees(postgres::Transaction& transaction, const std::vector<EvaluationPassee>& passees);

// The latest first, at most a hundred.
std::vector<EvaluationPassee> passeesOf(postgres::Connection& session, const std::string& signalement);

// Signalements scored with this version, in order of identifier, after the given one; empty: from the first.
std::vector<std::string> scoredWith(postgres::Connection& session, const std::string& version, const std::string& after,
                                    int limit);

}  // namespace histologe::scoring
