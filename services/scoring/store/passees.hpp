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
    std::string cause;      // `signalement.modifie`, `visite.conclue`, `recalcul`
    core::Json suspicions;  // {apparues, terminees}: what the change made of them
};

// Queued in the transaction.
void insertPassees(postgres::Transaction& transaction, const std::vector<EvaluationPassee>& passees);

// The latest first, at most a hundred.
std::vector<EvaluationPassee> passeesOf(postgres::Connection& session, const std::string& signalement);

}  // namespace histologe::scoring
