// bench-drafts [SECONDS]: saves of drafts a second through the gateway on 32 connections, beside a bare libpq program that
// does the same update durably, one commit each, on 32 connections of the same server.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "libs/core/json.hpp"
#include "tools/bench_programs/support/libpq_limit.hpp"
#include "tools/bench_programs/support/workload.hpp"

int main(int argc, char** argv) {
    using namespace histologe;
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 6;
    constexpr int kConnections = 32;
    constexpr int kDrafts = 20000;
    constexpr int kSavesPerSecond = 15000;  // more than any run does
    const auto settings = bench::intakeSettings(
        environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "bench-drafts"));
    environment::Environment environment(settings);
    environment.start();
    bench::loadReference(environment);
    environment.stop("routing-0");
    environment::Sql sql(environment.superuserUrl());
    const auto source = settings.sourceFolder;
    const auto bodies = bench::bodies(source / "tests/golden/payloads", source / "data/communes.csv",
                                      source / "data/territoires.json", "info_procedure");
    const auto folder = settings.runFolder / "load";

    // Each draft in turn: one is saved seconds apart, as somebody who fills the form does it.
    const auto drafts = bench::makeDrafts(sql, kDrafts);
    std::vector<std::string> saves;
    for (int i = 0; i < kSavesPerSecond * seconds; ++i) saves.push_back(drafts[static_cast<std::size_t>(i % kDrafts)]);
    const auto warm = bench::submitAll(environment.gatewayUrl(), drafts, bodies, kConnections, 2, folder);
    std::printf("warmed up with %lld saves\n", warm.answered);
    const auto model = *sql.rows("SELECT uuid FROM intake.brouillons WHERE etape = 'info_procedure' LIMIT 1")[0][0];

    // The two take turns, so that what else the machine does falls on both.
    double limit = 0;
    double value = 0;
    double p99 = 0;
    constexpr int kTurns = 3;
    for (int turn = 0; turn < kTurns; ++turn) {
        const auto alone = bench::saveAlone(environment.superuserUrl(), model, saves, kConnections, seconds);
        const auto load = bench::submitAll(environment.gatewayUrl(), saves, bodies, kConnections, seconds, folder);
        std::printf("bare libpq %.0f/s; through the gateway %.0f/s, p50 %.1f ms, p99 %.1f ms, %lld refused\n", alone,
                    load.perSecond(), load.p50Ms, load.p99Ms, load.refused);
        if (load.refused > 0) {
            std::fprintf(stderr, "bench-drafts: saves were refused\n");
            return 1;
        }
        limit += alone / kTurns;
        value += load.perSecond() / kTurns;
        p99 = std::max(p99, load.p99Ms);
    }
    std::printf("%s\n", core::dumpJson({{"bench", "drafts"}, {"limit", limit}, {"value", value}, {"ratio", value / limit},
                                        {"p99_ms", p99}}).c_str());
    return 0;
}
