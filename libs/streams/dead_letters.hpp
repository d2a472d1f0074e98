// Events that could not be applied: parked by the consumer, listed, replayed or dropped by the operator.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/streams/event.hpp"

namespace histologe::streams {

struct DeadLetter {
    std::int64_t rank = 0;  // order within its subject, and the name by which the operator calls it
    std::string eventId;
    std::string subject;
    std::string type;
    std::string status;  // en_essai, morte, abandonnee
    int tries = 0;
    std::string error;
    core::Instant nextTry{};
    int waitingBehind = 0;  // events of the same subject that wait for this one
};

// Subjects, among those given, whose events must queue because an earlier one is parked.
std::set<std::string> parkedSubjects(postgres::Transaction& transaction, const std::vector<std::string>& subjects);

// Parks an event with the error of its first try (empty when it only waits behind another). Queued in the transaction.
void park(postgres::Transaction& transaction, const Event& event, std::uint32_t partition, const std::string& error,
          int tries, core::Instant nextTry, core::Instant now);

// The first parked event of each subject of the held partitions whose next try is due, oldest first.
struct DueLetter {
    std::int64_t rank;
    int tries;
    core::Json envelope;
};
std::vector<DueLetter> dueLetters(postgres::Connection& database, const std::set<std::uint32_t>& partitions,
                                  core::Instant now, int limit);

void removeLetter(postgres::Transaction& transaction, std::int64_t rank);
// Records one more failed try; without a next try it becomes `morte`.
void failLetter(postgres::Connection& database, std::int64_t rank, const std::string& error,
                std::optional<core::Instant> nextTry);

// For the operator. Listing is by rank; `show` gives the whole envelope. replay() makes a dead letter due at once with
// its tries forgotten, drop() gives it up for ever and lets those behind it go on; both answer false when the rank is
// unknown or its state does not allow it.
std::vector<DeadLetter> listDeadLetters(postgres::Connection& database, int limit = 1000);
std::optional<core::Json> showDeadLetter(postgres::Connection& database, std::int64_t rank);
bool replayDeadLetter(postgres::Connection& database, std::int64_t rank, core::Instant now);
bool dropDeadLetter(postgres::Connection& database, std::int64_t rank);
std::int64_t countDeadLetters(postgres::Connection& database);

}  // namespace histologe::streams
