#include "services/statistics/http/memoire.hpp"

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

#include <catch2/catch.hpp>

using namespace histologe;
using namespace histologe::statistics;
using namespace std::chrono_literals;

namespace {

const core::Instant kStart{std::chrono::sys_days{std::chrono::year{2026} / 8 / 7}};

}  // namespace

TEST_CASE("a text is computed once for as long as it holds, per key") {
    core::DrivenClock clock(kStart);
    Memoire<std::string> memoire(3s, clock);
    int computed = 0;
    const auto compute = [&] { return std::to_string(++computed); };
    CHECK(*memoire.get("13", compute) == "1");
    clock.advance(2999ms);
    CHECK(*memoire.get("13", compute) == "1");
    CHECK(*memoire.get("", compute) == "2");
    clock.advance(1ms);
    CHECK(*memoire.get("13", compute) == "3");
}

TEST_CASE("with no time to hold, every call computes") {
    core::DrivenClock clock(kStart);
    Memoire<std::string> memoire(0ms, clock);
    int computed = 0;
    const auto compute = [&] { return std::to_string(++computed); };
    CHECK(*memoire.get("", compute) == "1");
    CHECK(*memoire.get("", compute) == "2");
}

TEST_CASE("a failure is told to its caller and keeps nothing") {
    core::DrivenClock clock(kStart);
    Memoire<std::string> memoire(3s, clock);
    CHECK_THROWS_AS(memoire.get("", []() -> std::string { throw std::runtime_error("no database"); }),
                    std::runtime_error);
    CHECK(*memoire.get("", [] { return std::string("again"); }) == "again");
}

TEST_CASE("while one caller computes anew, the others are served what there was") {
    core::DrivenClock clock(kStart);
    Memoire<std::string> memoire(3s, clock);
    memoire.get("", [] { return std::string("old"); });
    clock.advance(4s);
    std::promise<void> began, mayEnd;
    std::thread slow([&] {
        memoire.get("", [&] {
            began.set_value();
            mayEnd.get_future().wait();
            return std::string("new");
        });
    });
    began.get_future().wait();
    CHECK(*memoire.get("", [] { return std::string("never"); }) == "old");
    mayEnd.set_value();
    slow.join();
    CHECK(*memoire.get("", [] { return std::string("never"); }) == "new");
}

TEST_CASE("callers who come together share one computation") {
    core::DrivenClock clock(kStart);
    Memoire<std::string> memoire(3s, clock);
    std::atomic<int> computed = 0;
    std::vector<std::thread> callers;
    std::atomic<int> right = 0;
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([&] {
            const auto text = memoire.get("", [&] {
                ++computed;
                std::this_thread::sleep_for(50ms);
                return std::string("shared");
            });
            if (*text == "shared") ++right;
        });
    }
    for (auto& caller : callers) caller.join();
    CHECK(computed == 1);
    CHECK(right == 8);
}
