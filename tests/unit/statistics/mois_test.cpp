#include "services/statistics/domain/mois.hpp"

#include <cstdio>

#include <catch2/catch.hpp>

#include "tests/unit/statistics/golden.hpp"

using namespace histologe;
using namespace histologe::statistics;

namespace {

Mois read(const std::string& text) {
    return {std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2))};
}

std::string write(const std::pair<Mois, long long>& point) {
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02d=%lld", point.first.annee, point.first.mois, point.second);
    return text;
}

}  // namespace

TEST_CASE("a month is read by its French name") {
    CHECK(libelleOf({2022, 3}) == "Mars 2022");
    CHECK(libelleOf({2022, 8}) == "Août 2022");
    CHECK(libelleOf({1999, 12}) == "Décembre 1999");
}

TEST_CASE("a series has every month from its first to its last, unlike the original's") {
    const auto vectors = readGolden("statistics_expected.json").at("unit_vectors").at("month_gap_fill_original_defect");
    REQUIRE(vectors.size() == 3);
    for (const auto& vector : vectors) {
        std::map<Mois, long long> rows;
        for (const auto& [month, count] : vector.at("rows").items()) rows[read(month)] = count.get<long long>();
        std::vector<std::string> series;
        for (const auto& point : serieContinue(rows)) series.push_back(write(point));
        CHECK(series == vector.at("correct").get<std::vector<std::string>>());
    }
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
