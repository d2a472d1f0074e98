#include "libs/core/ids.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace histologe::core;

TEST_CASE("version 7 sorts by instant and says its version") {
    const auto start = *parseInstant("2026-01-01T00:00:00Z");
    std::string previous = uuidV7(start);
    CHECK(isUuid(previous));
    CHECK(previous[14] == '7');
    for (int i = 1; i < 100; ++i) {
        const auto next = uuidV7(start + std::chrono::milliseconds(i));
        CHECK(previous < next);
        previous = next;
    }
}

TEST_CASE("identifiers do not repeat") {
    std::set<std::string> seen;
    for (int i = 0; i < 10000; ++i) seen.insert(uuidV4());
    CHECK(seen.size() == 10000);
    CHECK(uuidV4()[14] == '4');
    CHECK(randomHex(32).size() == 64);
}

TEST_CASE("only the canonical form is a UUID") {
    CHECK(isUuid("0190F5fe-7c00-7a00-8b00-000000000001"));
    for (const char* text : {"", "0190f5fe7c007a008b00000000000001", "0190f5fe-7c00-7a00-8b00-00000000000g",
                             "0190f5fe-7c00-7a00-8b00-0000000000011", "0000-00000000-0000-2023-locataire002"}) {
        CHECK_FALSE(isUuid(text));
    }
}
