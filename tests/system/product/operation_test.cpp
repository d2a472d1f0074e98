// What an operator relies on: quick to start, small when idle, quick to stop with nothing lost, honest about its health.
#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <future>

#include <httplib.h>

#include "tests/system/product/platform.hpp"

using namespace histologe;
using namespace histologe::product;
using std::chrono::steady_clock;

namespace {

// A line of the kernel's account of a process, in MiB: `VmRSS` all that is in memory, `RssAnon` what is its own, without
// the pages of programs and libraries, which services share.
long memoryMiB(pid_t process, const std::string& kind) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with(kind + ":")) return std::stol(line.substr(kind.size() + 1)) / 1024;
    }
    return -1;
}

std::string admin(const std::string& service, const std::string& path) {
    httplib::Client client("127.0.0.1", platform().adminPort(service));
    const auto answer = client.Get(path);
    return answer ? answer->body : std::string();
}

}  // namespace

TEST_CASE("each service is small, says that it is ready, and shows its measures") {
    platform();
    for (const auto& service : environment::services()) {
        INFO(service);
        // After whatever was asked of it so far, then as it starts. Sanitizers need a multiple.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        CHECK(memoryMiB(platform().process(service + "-0").pid, "RssAnon") < 25);
#endif
        platform().stop(service + "-0");
        platform().restart(service + "-0");
        const auto idle = memoryMiB(platform().process(service + "-0").pid, "VmRSS");
        CHECK(idle > 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        CHECK(idle < 40);
#endif
        CHECK(core::parseJson(admin(service, "/health/ready")).at("status") == "ok");
        const auto metrics = admin(service, "/metrics");
        for (const char* name : {"histologe_stream_lag", "histologe_outbox_waiting", "histologe_outbox_oldest_seconds",
                                 "histologe_dead_letters", "histologe_postgres_sessions_in_use"}) {
            CHECK(metrics.find(name) != std::string::npos);
        }
    }
}

TEST_CASE("answers kept for repetitions are gone after a day") {
    environment::Sql sql(platform().superuserUrl());
    for (const auto& service : environment::services()) {
        sql.run("INSERT INTO " + service + ".idempotence (operation, cle, empreinte, reponse, prise_le) VALUES "
                "('essai', 'vieille', '', '{}', now() - interval '25 hours'), "
                "('essai', 'jeune', '', '{}', now() - interval '23 hours')");
        platform().restart(service + "-0");
        const auto left = [&] { return sql.rows("SELECT cle FROM " + service + ".idempotence WHERE operation = 'essai'"); };
        INFO(service);
        for (int i = 0; i < 100 && left().size() > 1; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
        REQUIRE(left().size() == 1);
        CHECK(left()[0][0] == "jeune");
        sql.run("DELETE FROM " + service + ".idempotence WHERE operation = 'essai'");
    }
}

TEST_CASE("a service restarts in moments, and what was asked meanwhile is answered or can be asked again") {
    const auto payload = sample("step__validation_signalement__locataire.json");
    const auto draft = beginDraft(payload);
    REQUIRE_FALSE(draft.empty());
    auto saving = std::async(std::launch::async, [&] { return submit(draft, payload); });
    const auto before = steady_clock::now();
    platform().stop("intake-0");
    CHECK(steady_clock::now() - before < std::chrono::seconds(10));
    const auto first = saving.get();
    CHECK((first.status == 200 || first.status >= 502 || first.status == 503));
    const auto started = steady_clock::now();
    platform().restart("intake-0");
    // Migrations are checked by a program of their own first, so this is more than a start.
    CHECK(steady_clock::now() - started < std::chrono::seconds(5));
    const auto again = submit(draft, payload);
    REQUIRE(again.status == 200);
    if (first.status == 200) {
        CHECK(again.json().at("signalementReference") == first.json().at("signalementReference"));
    }
}

TEST_CASE("an unknown variable or a bad value stops the start with one line") {
    const auto program = std::string(HISTOLOGE_BINARY_DIR "/bin/histologe-scoring");
    const auto run = [&](const std::string& variables) {
        FILE* pipe = popen(("env -i " + variables + " " + program + " --print-config 2>&1").c_str(), "r");
        char line[1024];
        std::string text;
        while (std::fgets(line, sizeof line, pipe) != nullptr) text += line;
        return std::pair{pclose(pipe), text};
    };
    const auto [status, text] = run("HISTOLOGE_SCORING_PORT=x");
    CHECK(status != 0);
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(text.find("HISTOLOGE_SCORING_DATABASE_URL is not set") != std::string::npos);
}
