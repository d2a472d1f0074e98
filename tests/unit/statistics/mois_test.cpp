#include "services/statistics/domain/mois.hpp"

#include <catch2/catch.hpp>

using namespace histologe::statistics;

TEST_CASE("a month is read by its French name") {
    CHECK(libelleOf({2022, 3}) == "Mars 2022");
    CHECK(libelleOf({2022, 8}) == "Août 2022");
    CHECK(libelleOf({1999, 12}) == "Décembre 1999");
}

TEST_CASE("a series of no month and of one month") {
    CHECK(serieContinue({}).empty());
    CHECK(serieContinue({{{2024, 12}, 7}}) == std::vector<std::pair<Mois, long long>>{{{2024, 12}, 7}});
}

TEST_CASE("a series over several years has twelve months in each") {
    const auto series = serieContinue({{{2019, 12}, 1}, {{2023, 1}, 1}});
    CHECK(series.size() == 1 + 3 * 12 + 1);
    CHECK(series[1].first == Mois{2020, 1});
    CHECK(series[12].first == Mois{2020, 12});
}
