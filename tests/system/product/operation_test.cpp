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

// What is the process's own: the pages of programs and libraries are shared, and grow with the code.
long ownMiB(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with("RssAnon:")) return std::stol(line.substr(8)) / 1024;
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
        const auto own = ownMiB(platform().process(service + "-0").pid);
        CHECK(own > 0);
        CHECK(own < 25);
        CHECK(core::parseJson(admin(service, "/health/ready")).at("status") == "ok");
        const auto metrics = admin(service, "/metrics");
        for (const char* name : {"histologe_stream_lag", "histologe_outbox_waiting", "histologe_outbox_oldest_seconds",
                                 "histologe_dead_letters", "histologe_postgres_sessions_in_use"}) {
            CHECK(metrics.find(name) != std::string::npos);
        }
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
