#include "services/statistics/domain/taux.hpp"

#include <catch2/catch.hpp>

using namespace histologe::statistics;

TEST_CASE("a rate is nothing, a half, everything, and none without a denominator") {
    CHECK(tauxEnPourcent(0, 7) == 0.0);
    CHECK(tauxEnPourcent(1, 2) == 50.0);
    CHECK(tauxEnPourcent(7, 7) == 100.0);
    CHECK_FALSE(tauxEnPourcent(0, 0).has_value());
}

TEST_CASE("halves of a tenth go away from zero, whatever binary fractions say") {
    CHECK(tauxEnPourcent(1, 16) == 6.3);
    CHECK(tauxEnPourcent(1, 2000) == 0.1);
    CHECK(tauxEnPourcent(1, 2001) == 0.0);
    CHECK(tauxEnPourcent(999'999'999, 1'000'000'000) == 100.0);
}
