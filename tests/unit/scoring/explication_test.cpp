#include "services/scoring/domain/explication.hpp"

#include <numeric>
#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/domain/shipped.hpp"

using namespace histologe;
using desordres::testing::setOf;
using desordres::testing::shipped;
using scoring::explain;
using desordres::scoreOf;

TEST_CASE("an explanation adds up to the score that it explains") {
    std::mt19937 random(34);
    for (int round = 0; round < 500; ++round) {
        desordres::PrecisionSet set;
        for (auto draw = random() % 60; draw > 0; --draw) {
            set.add(static_cast<desordres::PrecisionIndex>(random() % shipped().precisions().size()));
        }
        const bool enfants = random() % 2 == 0;
        const auto explication = explain(shipped(), set, enfants);
        REQUIRE(explication.score == scoreOf(shipped(), set, enfants));
        double points = 0;
        for (const auto& one : explication.contributions) {
            REQUIRE(set.contains(one.precision));
            points += one.points;
        }
        REQUIRE(points == Approx(explication.moyenne).margin(1e-9));
        const double whole = explication.moyenne * explication.facteurEnfants;
        REQUIRE(explication.plafonne == (whole > 100));
        REQUIRE(explication.score.score == Approx(std::min(100.0, whole)).margin(1e-9));
        REQUIRE(std::ranges::is_sorted(explication.contributions, std::greater{}, &scoring::Contribution::points));
    }
}

TEST_CASE("a landlord can be told what one désordre brings, and out of how much") {
    const auto json = toJson(shipped(), explain(shipped(), setOf({"desordres_batiment_eau_pas_eau_potable"}), true));
    REQUIRE(json.at("contributions").size() == 1);
    const auto& one = json.at("contributions")[0];
    CHECK(one.at("precision") == "desordres_batiment_eau_pas_eau_potable");
    CHECK(one.at("poids") == 3);
    CHECK(one.at("zone") == "BATIMENT");
    CHECK(one.at("points").get<double>() == Approx(3 * 100 / 84.0 / 2));
    CHECK_FALSE(one.at("libelle").get<std::string>().empty());
    CHECK(json.at("zones")[0].at("maximum") == 84);
    CHECK(json.at("zones")[1].at("maximum") == 102);
    CHECK(json.at("facteurEnfants") == 1.1);
    CHECK(json.at("plafonne") == false);
    CHECK(json.at("version") == shipped().version());
}

TEST_CASE("nothing declared is explained by nothing") {
    const auto json = toJson(shipped(), explain(shipped(), {}, false));
    CHECK(json.at("score") == 0);
    CHECK(json.at("contributions").empty());
}
