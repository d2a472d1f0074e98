#include <fstream>
#include <thread>

#include <catch2/catch.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/environment/environment.hpp"
#include "tools/environment/probe.hpp"

using namespace histologe::environment;

namespace {

std::filesystem::path freshFolder(const std::string& name) {
    const auto folder = std::filesystem::path(HISTOLOGE_SOURCE_DIR) / ".run" / (name + "-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder);
    return folder;
}

Command sleeper(const std::string& seconds = "600") {
    Command command;
    command.arguments = {"/bin/sleep", seconds};
    return command;
}

// The same pid with another start time is a stranger.
ProcessId otherLifeOf(ProcessId process) {
    return {process.pid, process.startTime + 1};
}

}  // namespace

TEST_CASE("a detached environment is found again and ended exactly") {
    const auto folder = freshFolder("detached");
    ProcessId first;
    int port = 0;
    {
        Supervisor supervisor(folder, true);
        supervisor.start("dormeur", sleeper(), SIGTERM, std::chrono::seconds(5));
        first = supervisor.process("dormeur");
        port = supervisor.port("dormeur.http");
    }
    REQUIRE(isAlive(first));
    {
        Supervisor supervisor(folder, true);
        CHECK(supervisor.isRunning("dormeur"));
        CHECK(supervisor.process("dormeur").pid == first.pid);
        CHECK(supervisor.port("dormeur.http") == port);
        CHECK_THROWS_WITH(supervisor.start("dormeur", sleeper(), SIGTERM, std::chrono::seconds(5)),
                          Catch::Contains("already running"));
        supervisor.stopAll();
    }
    CHECK_FALSE(isAlive(first));
    std::filesystem::remove_all(folder);
}

TEST_CASE("a pid that now belongs to somebody else is left alone") {
    const auto folder = freshFolder("etranger");
    Supervisor supervisor(folder, false);
    supervisor.start("dormeur", sleeper(), SIGTERM, std::chrono::seconds(5));
    const auto process = supervisor.process("dormeur");
    CHECK_FALSE(isAlive(otherLifeOf(process)));
    endProcess(otherLifeOf(process), SIGKILL, std::chrono::seconds(1));
    killProcess(otherLifeOf(process));
    signalProcess(otherLifeOf(process), SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(isAlive(process));
    supervisor.stopAll();
    std::filesystem::remove_all(folder);
}

TEST_CASE("two supervisors do not share a run folder") {
    const auto folder = freshFolder("partage");
    Supervisor first(folder, false);
    CHECK_THROWS_WITH(Supervisor(folder, false), Catch::Contains("another program is working"));
    std::filesystem::remove_all(folder);
}

TEST_CASE("a program that ignores the polite signal is killed with what it started") {
    const auto folder = freshFolder("tetu");
    Supervisor supervisor(folder, false);
    Command stubborn;
    stubborn.arguments = {"/bin/sh", "-c", "trap '' TERM; sleep 601 & echo $!; wait; wait; wait; sleep 602"};
    supervisor.start("tetu", stubborn, SIGTERM, std::chrono::milliseconds(200));
    std::string text;
    for (int attempt = 0; text.empty() && attempt < 200; ++attempt) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::ifstream log(supervisor.log("tetu"));
        std::getline(log, text);
    }
    const auto child = identify(static_cast<pid_t>(std::stol(text)));
    REQUIRE(child);
    supervisor.stop("tetu");
    CHECK_FALSE(supervisor.isRunning("tetu"));
    CHECK_FALSE(isAlive(*child));
    std::filesystem::remove_all(folder);
}

TEST_CASE("when the owner is killed its programs die") {
    const auto folder = freshFolder("orphelin");
    // In a child, so that there is an owner to kill.
    const pid_t owner = fork();
    if (owner == 0) {
        Supervisor supervisor(folder, false);
        supervisor.start("dormeur", sleeper(), SIGTERM, std::chrono::seconds(5));
        pause();
        _exit(0);
    }
    ProcessId sleeping;
    for (int attempt = 0; sleeping.pid == 0 && attempt < 500; ++attempt) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::ifstream file(folder / "state.json");
        const auto state = nlohmann::json::parse(file, nullptr, false);
        if (state.is_object() && !state["processes"].empty()) {
            sleeping = {state["processes"][0]["pid"].get<pid_t>(),
                        state["processes"][0]["startTime"].get<unsigned long long>()};
        }
    }
    REQUIRE(isAlive(sleeping));
    kill(owner, SIGKILL);
    waitpid(owner, nullptr, 0);
    for (int attempt = 0; isAlive(sleeping) && attempt < 200; ++attempt) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    CHECK_FALSE(isAlive(sleeping));
    std::filesystem::remove_all(folder);
}

TEST_CASE("a program that cannot start says why") {
    const auto folder = freshFolder("absent");
    Supervisor supervisor(folder, false);
    Command missing;
    missing.arguments = {"/nowhere/histologe-intake"};
    CHECK_THROWS_WITH(supervisor.start("absent", missing, SIGTERM, std::chrono::seconds(1)),
                      Catch::Contains("is missing"));
    Command failing;
    failing.arguments = {"/bin/sh", "-c", "echo 'mauvais réglage' >&2; exit 2"};
    supervisor.start("echoue", failing, SIGTERM, std::chrono::seconds(1));
    CHECK_THROWS_WITH(waitUntil([] { return false; }, std::chrono::seconds(10), supervisor, "echoue"),
                      Catch::Contains("ended while it was starting") && Catch::Contains("mauvais réglage"));
    CHECK(supervisor.run(failing, std::chrono::seconds(10)) == 2);
    std::filesystem::remove_all(folder);
}

TEST_CASE("ports are handed out once, and a busy one is not insisted on") {
    Ports first;
    Ports second;
    const int port = first.take();
    CHECK(isPortFree(port));
    CHECK(second.take(port) != port);
    CHECK(second.take() != port);
}
