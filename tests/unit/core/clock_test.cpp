#include "libs/core/clock.hpp"

#include <catch2/catch.hpp>

using namespace histologe::core;

TEST_CASE("an instant survives its text") {
    for (const char* text : {"2026-11-25T08:30:00Z", "1999-12-31T23:59:59.000001Z", "2024-02-29T00:00:00.5Z"}) {
        const auto instant = parseInstant(text);
        REQUIRE(instant);
        CHECK(parseInstant(toRfc3339(*instant)) == instant);
    }
    CHECK(toRfc3339(*parseInstant("2026-11-25T08:30:00.25Z")) == "2026-11-25T08:30:00.250000Z");
}

TEST_CASE("offsets and PostgreSQL's form are read as the same instant") {
    const auto utc = parseInstant("2026-11-25T08:30:00Z");
    CHECK(parseInstant("2026-11-25T09:30:00+01:00") == utc);
    CHECK(parseInstant("2026-11-25 08:30:00+00") == utc);
    CHECK(parseInstant("2026-11-25T04:00:00-04:30") == utc);
}

TEST_CASE("what is not an instant is refused") {
    for (const char* text : {"", "2026-11-25", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-11-25T24:00:00Z",
                             "2026-11-25T08:30:00", "2026-11-25T08:30:00.Z", "2026-11-25T08:30:00Zx"}) {
        CHECK_FALSE(parseInstant(text));
    }
}

TEST_CASE("a driven clock moves when told") {
    DrivenClock clock(*parseInstant("2026-01-01T00:00:00Z"));
    clock.advance(std::chrono::hours(24));
    CHECK(toRfc3339(clock.now()) == "2026-01-02T00:00:00Z");
}
