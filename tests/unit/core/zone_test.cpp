#include "libs/core/zone.hpp"

#include <thread>
#include <vector>

#include <catch2/catch.hpp>

using namespace histologe::core;
using std::chrono::year;
using Day = std::chrono::year_month_day;

namespace {

Instant at(const char* text) {
    return *parseInstant(text);
}

}  // namespace

TEST_CASE("the day and the year are those of the place's calendar") {
    const auto paris = Zone::paris();
    CHECK(paris.yearOf(at("2025-12-31T22:59:59.999999Z")) == 2025);
    CHECK(paris.yearOf(at("2025-12-31T23:00:00Z")) == 2026);
    CHECK(paris.dayOf(at("2026-07-31T21:59:59Z")) == Day(year(2026) / 7 / 31));
    CHECK(paris.dayOf(at("2026-07-31T22:00:00Z")) == Day(year(2026) / 8 / 1));
    const auto reunion = Zone::find("Indian/Reunion");
    REQUIRE(reunion);
    CHECK(reunion->yearOf(at("2025-12-31T19:59:59Z")) == 2025);
    CHECK(reunion->yearOf(at("2025-12-31T20:00:00Z")) == 2026);
    const auto martinique = Zone::find("America/Martinique");
    REQUIRE(martinique);
    CHECK(martinique->yearOf(at("2026-01-01T03:59:59Z")) == 2025);
    CHECK(martinique->yearOf(at("2026-01-01T04:00:00Z")) == 2026);
}

TEST_CASE("a zone that does not exist is none, or Paris where one is due") {
    CHECK_FALSE(Zone::find("Indian/Nulle_Part"));
    CHECK_FALSE(Zone::find(""));
    CHECK(Zone::findOrParis("Indian/Nulle_Part") == Zone::paris());
    CHECK(Zone::findOrParis("Pacific/Noumea").name() == "Pacific/Noumea");
}

TEST_CASE("a day begins when clocks there show midnight") {
    const auto paris = Zone::paris();
    CHECK(paris.startOf(year(2026) / 1 / 1) == at("2025-12-31T23:00:00Z"));
    CHECK(paris.startOf(year(2026) / 7 / 1) == at("2026-06-30T22:00:00Z"));
    // The last Sunday of March has 23 hours, that of October 25.
    CHECK(paris.startOf(year(2026) / 3 / 30) - paris.startOf(year(2026) / 3 / 29) == std::chrono::hours(23));
    CHECK(paris.startOf(year(2026) / 10 / 26) - paris.startOf(year(2026) / 10 / 25) == std::chrono::hours(25));
    // Santiago puts its clocks forward at midnight: the day begins at one o'clock.
    const auto santiago = Zone::find("America/Santiago");
    REQUIRE(santiago);
    const auto start = santiago->startOf(year(2023) / 9 / 3);
    CHECK(santiago->toLocalRfc3339(start) == "2023-09-03T01:00:00-03:00");
}

TEST_CASE("an instant as clocks there show it") {
    CHECK(Zone::paris().toLocalRfc3339(at("2026-11-25T08:30:00Z")) == "2026-11-25T09:30:00+01:00");
    CHECK(Zone::findOrParis("America/Martinique").toLocalRfc3339(at("2026-01-01T03:59:59.5Z")) ==
          "2025-12-31T23:59:59.500000-04:00");
}

TEST_CASE("months are added in the calendar") {
    CHECK(addMonths(year(2026) / 3 / 31, -1) == Day(year(2026) / 2 / 28));
    CHECK(addMonths(year(2026) / 8 / 31, 6) == Day(year(2027) / 2 / 28));
    CHECK(addMonths(year(2024) / 8 / 31, -6) == Day(year(2024) / 2 / 29));
    CHECK(addMonths(year(2026) / 5 / 15, -6) == Day(year(2025) / 11 / 15));
}

TEST_CASE("zones may be asked for by several threads") {
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&wrong, i] {
            for (int round = 0; round < 200; ++round) {
                const auto zone = Zone::findOrParis(i % 2 == 0 ? "Indian/Mayotte" : "Nowhere/" + std::to_string(round));
                if (zone.yearOf(*parseInstant("2025-12-31T21:30:00Z")) != (i % 2 == 0 ? 2026 : 2025)) ++wrong;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(wrong == 0);
}
