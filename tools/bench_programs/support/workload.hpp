// What the benches of the chain submit: one real report, placed in communes of many territories, and drafts to submit.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/environment/environment.hpp"
#include "tools/environment/sql.hpp"

namespace histologe::bench {

// The sample final step of a locataire as it is sent, its dwelling moved to one commune of each open territory, so that
// numbers are drawn from many counters as they are in a country; with another `step`, the same answers as they are saved on
// the way. `samples` is tests/golden/payloads.
std::vector<std::string> bodies(const std::filesystem::path& samples, const std::filesystem::path& communes,
                                const std::filesystem::path& territoires,
                                const std::string& step = "validation_signalement");

// Settings of a bench of intake alone: commits are durable, no checkpoint begins in the middle of one turn and slows that
// one alone, and no other service runs but routing, which brings the directory.
environment::Settings intakeSettings(environment::Settings settings);

// Makes drafts in progress straight in intake's table; their uuids.
std::vector<std::string> makeDrafts(environment::Sql& sql, int count);

// Starts the directory and waits until intake knows the territories. Routing must be running.
void loadReference(environment::Environment& environment);

struct Load {
    double seconds = 0;
    long long answered = 0;
    long long refused = 0;  // answers other than 2xx, and requests without one
    double p50Ms = 0;
    double p99Ms = 0;
    [[nodiscard]] double perSecond() const { return static_cast<double>(answered - refused) / seconds; }
};

// Sends one final PUT for each draft of the list, in its order, with wrk, `connections` at a time, for `seconds` or until there are no more drafts.
Load submitAll(const std::string& url, const std::vector<std::string>& drafts, const std::vector<std::string>& bodies,
               int connections, int seconds, const std::filesystem::path& folder);

}  // namespace histologe::bench
