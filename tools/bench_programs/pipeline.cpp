// bench-pipeline [SECONDS]: the whole chain under the load of 32 connections that submit without a pause, then at a third
// of the rate that it stood. Mails are queued and not handed over: the SMTP address leads nowhere.
#include <httplib.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <thread>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"
#include "tools/bench_programs/support/workload.hpp"

namespace {

using namespace histologe;
using std::chrono::steady_clock;

struct Counts {
    double submitted = 0;
    double drained = 0;  // submissions that every consumer has dealt with
};

Counts count(environment::Sql& sql) {
    const auto row = sql.rows("SELECT (SELECT count(*) FROM intake.signalements), (SELECT count(*) FROM scoring.scores), "
                              "(SELECT count(*) FROM routing.dossiers WHERE oriente_le IS NOT NULL), "
                              "(SELECT count(*) FROM notification.courriels WHERE type = 'CONFIRM_RECEPTION_TO_USAGER'), "
                              "(SELECT count(*) FROM statistics.dossiers WHERE score IS NOT NULL)")[0];
    std::vector<double> values;
    for (const auto& value : row) values.push_back(std::stod(*value));
    return {values[0], *std::min_element(values.begin() + 1, values.end())};
}

// Submits at an even pace, whatever the answers take; the instant at which each draft's final PUT left.
std::map<std::string, core::Instant> submitPaced(int port, const std::vector<std::string>& drafts,
                                                 const std::vector<std::string>& bodies, double perSecond) {
    constexpr int kThreads = 24;
    std::vector<core::Instant> sent(drafts.size());
    std::atomic<std::size_t> next{0};
    std::atomic<int> refused{0};
    const auto start = steady_clock::now();
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&] {
            httplib::Client client("127.0.0.1", port);
            client.set_keep_alive(true);
            client.set_tcp_nodelay(true);
            const core::SystemClock clock;
            for (auto at = next++; at < drafts.size(); at = next++) {
                std::this_thread::sleep_until(start + std::chrono::duration_cast<steady_clock::duration>(
                                                          std::chrono::duration<double>(static_cast<double>(at) / perSecond)));
                sent[at] = clock.now();
                const auto answer = client.Put("/signalement-draft/" + drafts[at] + "/envoi", bodies[at % bodies.size()],
                                               "application/json");
                if (!answer || answer->status != 200) ++refused;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    if (refused > 0) throw std::runtime_error(std::to_string(refused) + " submissions were refused");
    std::map<std::string, core::Instant> byDraft;
    for (std::size_t i = 0; i < drafts.size(); ++i) byDraft[drafts[i]] = sent[i];
    return byDraft;
}

// When the last mail that a submission leads to was committed to the queue: the commit of the event that led to it, in
// the inbox of notification.
std::vector<double> delays(environment::Sql& sql, const std::map<std::string, core::Instant>& sent) {
    std::vector<double> milliseconds;
    for (const auto& row :
         sql.rows("WITH dits AS (SELECT id, sujet FROM intake.evenements WHERE type = 'signalement.depose' UNION ALL "
                  "SELECT id, sujet FROM routing.evenements WHERE type = 'affectation.creee') "
                  "SELECT s.brouillon, max(pg_xact_commit_timestamp(r.xmin)) FROM intake.signalements s "
                  "JOIN dits ON dits.sujet = s.uuid::text JOIN notification.evenements_recus r ON r.id = dits.id "
                  "GROUP BY s.brouillon")) {
        const auto found = sent.find(*row[0]);
        if (found == sent.end()) continue;
        const auto queued = core::parseInstant(*row[1]);
        milliseconds.push_back(std::chrono::duration<double, std::milli>(*queued - found->second).count());
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    return milliseconds;
}

double percentile(const std::vector<double>& sorted, double share) {
    return sorted.empty() ? 0 : sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

void waitUntilDrained(environment::Sql& sql) {
    for (int i = 0; i < 600; ++i) {
        const auto now = count(sql);
        if (now.drained >= now.submitted) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    throw std::runtime_error("the chain did not drain");
}

}  // namespace

int main(int argc, char** argv) {
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 60;
    auto settings = environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "bench-pipeline");
    settings.fsync = true;
    settings.postgresOptions["track_commit_timestamp"] = "on";
    settings.variables["notification"]["HISTOLOGE_NOTIFICATION_SMTP_URL"] = "smtp://127.0.0.1:9";
    environment::Environment environment(settings);
    environment.start();
    bench::loadReference(environment);
    environment::Sql sql(environment.superuserUrl());
    const auto source = settings.sourceFolder;
    const auto bodies = bench::bodies(source / "tests/golden/payloads", source / "data/communes.csv",
                                      source / "data/territoires.json");

    const auto drafts = bench::makeDrafts(sql, seconds * 6000);
    Counts early;
    Counts late;
    bench::Load load;
    std::thread loading([&] {
        load = bench::submitAll(environment.gatewayUrl(), drafts, bodies, 32, seconds, settings.runFolder / "load");
    });
    std::this_thread::sleep_for(std::chrono::seconds(seconds / 6));
    early = count(sql);
    std::this_thread::sleep_for(std::chrono::seconds(seconds - seconds / 6 - 2));
    late = count(sql);
    loading.join();
    // A chain that keeps up is not further behind at the end of the load than at its beginning, and soon done after it.
    const double ratio = (late.drained - early.drained) / (late.submitted - early.submitted);
    std::this_thread::sleep_for(std::chrono::seconds(1));
    const auto end = count(sql);
    std::printf("full load: %.0f submissions/s, p99 %.1f ms, %lld refused; behind after %d s: %.0f, after %d s: %.0f, a "
                "second after the end: %.0f of %.0f\n",
                load.perSecond(), load.p99Ms, load.refused, seconds / 6, early.submitted - early.drained, seconds - 2,
                late.submitted - late.drained, end.submitted - end.drained, end.submitted);
    waitUntilDrained(sql);
    sql.rows("CHECKPOINT");  // what the full load left to write is not the second part's

    const double third = load.perSecond() / 3;
    const auto sent = submitPaced(environment.gatewayPort(), bench::makeDrafts(sql, static_cast<int>(third * 15)), bodies, third);
    waitUntilDrained(sql);
    const auto times = delays(sql, sent);
    if (times.size() < sent.size()) throw std::runtime_error("a submission led to no queued mail");
    std::printf("a third of it (%.0f/s): final PUT to queued mail p50 %.1f ms, p99 %.1f ms, worst %.1f ms\n", third,
                percentile(times, 0.5), percentile(times, 0.99), times.back());
    std::printf("%s\n", core::dumpJson({{"bench", "pipeline"}, {"submitted_per_second", load.perSecond()},
                                        {"drained_ratio", ratio},
                                        {"left_after_a_second", (end.submitted - end.drained) / end.submitted},
                                        {"p50_ms", percentile(times, 0.5)},
                                        {"p99_ms", percentile(times, 0.99)}}).c_str());
    return 0;
}
