#include "services/statistics/domain/taux.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/statistics/golden.hpp"

using namespace histologe;
using namespace histologe::statistics;

TEST_CASE("rates have one decimal, halves away from zero, none without a denominator") {
    const auto vectors = readGolden("statistics_expected.json").at("unit_vectors").at("percent_one_decimal");
    REQUIRE(vectors.size() == 5);
    for (const auto& vector : vectors) {
        const auto rate = tauxEnPourcent(vector.at("num").get<long long>(), vector.at("den").get<long long>());
        CHECK((rate ? core::Json(*rate) : core::Json("-")) == vector.at("out"));
    }
}

TEST_CASE("a rate is nothing, a half, everything") {
    CHECK(tauxEnPourcent(0, 7) == 0.0);
    CHECK(tauxEnPourcent(1, 2) == 50.0);
    CHECK(tauxEnPourcent(7, 7) == 100.0);
    // 0.05 % is half of a tenth: in binary fractions it may fall on either side.
    CHECK(tauxEnPourcent(1, 2000) == 0.1);
    CHECK(tauxEnPourcent(1, 2001) == 0.0);
    CHECK(tauxEnPourcent(999'999'999, 1'000'000'000) == 100.0);
}
