// bench-intake [SECONDS]: final submissions a second through the gateway on 32 connections, beside a bare libpq program
// that commits the same rows, one transaction each, on 32 connections of the same server.
#include <cstdio>
#include <cstdlib>

#include "libs/core/json.hpp"
#include "tools/bench_programs/support/libpq_limit.hpp"
#include "tools/bench_programs/support/workload.hpp"

int main(int argc, char** argv) {
    using namespace histologe;
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 6;
    constexpr int kConnections = 32;
    constexpr int kDraftsPerSecond = 9000;  // more than any run submits
    const auto settings = bench::intakeSettings(
        environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "bench-intake"));
    environment::Environment environment(settings);
    environment.start();
    bench::loadReference(environment);
    environment.stop("routing-0");
    environment::Sql sql(environment.superuserUrl());
    const auto source = settings.sourceFolder;
    const auto bodies = bench::bodies(source / "tests/golden/payloads", source / "data/communes.csv",
                                      source / "data/territoires.json");
    const auto folder = settings.runFolder / "load";

    const auto warm = bench::submitAll(environment.gatewayUrl(), bench::makeDrafts(sql, 2000), bodies, kConnections, 2, folder);
    std::printf("warmed up with %lld submissions\n", warm.answered);
    const auto model = *sql.rows("SELECT uuid FROM intake.signalements LIMIT 1")[0][0];

    // The two take turns, so that what else the machine does falls on both.
    double limit = 0;
    double value = 0;
    double p99 = 0;
    constexpr int kTurns = 3;
    for (int turn = 0; turn < kTurns; ++turn) {
        const auto alone = bench::commitAlone(environment.superuserUrl(), model,
                                              bench::makeDrafts(sql, kDraftsPerSecond * seconds), kConnections, seconds);
        const auto before = std::stoll(*sql.rows("SELECT count(*) FROM intake.signalements WHERE annee <> 2000")[0][0]);
        const auto load = bench::submitAll(environment.gatewayUrl(), bench::makeDrafts(sql, kDraftsPerSecond * seconds),
                                           bodies, kConnections, seconds, folder);
        const auto after = std::stoll(*sql.rows("SELECT count(*) FROM intake.signalements WHERE annee <> 2000")[0][0]);
        std::printf("bare libpq %.0f/s; through the gateway %.0f/s, p50 %.1f ms, p99 %.1f ms, %lld refused, %lld rows\n",
                    alone, load.perSecond(), load.p50Ms, load.p99Ms, load.refused, after - before);
        if (load.refused > 0 || after - before < load.answered) {
            std::fprintf(stderr, "bench-intake: answers and rows disagree\n");
            return 1;
        }
        limit += alone / kTurns;
        value += load.perSecond() / kTurns;
        p99 = std::max(p99, load.p99Ms);
    }
    std::printf("%s\n", core::dumpJson({{"bench", "intake"}, {"limit", limit}, {"value", value}, {"ratio", value / limit},
                                        {"p99_ms", p99}}).c_str());
    return 0;
}
