#include "libs/domain/desordres/score.hpp"

#include <cmath>
#include <limits>
#include <random>

#include <catch2/catch.hpp>

#include "tests/unit/domain/shipped.hpp"

using namespace histologe;
using desordres::testing::setOf;
using desordres::testing::shipped;
using desordres::Bande;
using desordres::bandeOf;
using desordres::scoreOf;

namespace {

desordres::PrecisionSet heaviest(std::optional<desordres::Zone> zone) {
    desordres::PrecisionSet set;
    for (const auto& critere : shipped().criteres()) {
        if (zone && critere.zone != *zone) continue;
        set.add(*std::max_element(critere.precisions.begin(), critere.precisions.end(), [](auto left, auto right) {
            return shipped().precision(left).poids < shipped().precision(right).poids;
        }));
    }
    return set;
}

desordres::PrecisionSet anySet(std::mt19937& random, std::size_t draws) {
    desordres::PrecisionSet set;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        set.add(static_cast<desordres::PrecisionIndex>(random() % shipped().precisions().size()));
    }
    return set;
}

}  // namespace

TEST_CASE("the worked examples of the reference") {
    CHECK(scoreOf(shipped(), {}, true) == desordres::Score{});
    const auto roof = scoreOf(shipped(), setOf({"desordres_type_composition_logement_sous_combles"}), false);
    CHECK(roof.score == Approx(11.764705882352942).margin(1e-9));
    CHECK(roof.scoreLogement == Approx(23.529411764705884).margin(1e-9));
    CHECK(roof.scoreBatiment == 0);

    const auto building = scoreOf(shipped(), heaviest(desordres::Zone::Batiment), false);
    CHECK(building.scoreBatiment == 100);
    CHECK(building.score == 50);
    CHECK(scoreOf(shipped(), heaviest(desordres::Zone::Batiment), true).score == Approx(55).margin(1e-9));

    const auto everything = scoreOf(shipped(), heaviest(std::nullopt), false);
    CHECK(everything.scoreBatiment == 100);
    CHECK(everything.scoreLogement == Approx(154.90196078431373).margin(1e-9));
    CHECK(everything.score == 100);
}

TEST_CASE("children add a tenth to the whole, not to the zones") {
    std::mt19937 random(6);
    for (int round = 0; round < 500; ++round) {
        const auto set = anySet(random, random() % 40);
        const auto without = scoreOf(shipped(), set, false);
        const auto with = scoreOf(shipped(), set, true);
        REQUIRE(with.score == Approx(std::min(100.0, without.score * 1.1)).margin(1e-9));
        REQUIRE(with.scoreBatiment == without.scoreBatiment);
        REQUIRE(with.scoreLogement == without.scoreLogement);
    }
}

TEST_CASE("a score stays between 0 and 100, and one more précision never lowers any part of it") {
    std::mt19937 random(100);
    for (int round = 0; round < 3000; ++round) {
        const auto set = anySet(random, random() % 120);
        const bool enfants = random() % 2 == 0;
        const auto before = scoreOf(shipped(), set, enfants);
        REQUIRE(before.score >= 0);
        REQUIRE(before.score <= 100);
        auto more = set;
        const auto added = static_cast<desordres::PrecisionIndex>(random() % shipped().precisions().size());
        more.add(added);
        const auto after = scoreOf(shipped(), more, enfants);
        REQUIRE(after.score >= before.score);
        REQUIRE(after.scoreBatiment >= before.scoreBatiment);
        REQUIRE(after.scoreLogement >= before.scoreLogement);
        // Only the zone of what was added moves.
        if (shipped().precision(added).zone == desordres::Zone::Batiment) {
            REQUIRE(after.scoreLogement == before.scoreLogement);
        } else {
            REQUIRE(after.scoreBatiment == before.scoreBatiment);
        }
    }
}

TEST_CASE("a band holds its upper bound and not its lower one") {
    const double tiny = 1e-12;
    CHECK(bandeOf(0) == Bande::JusquA10);
    CHECK(bandeOf(10) == Bande::JusquA10);
    CHECK(bandeOf(10 + tiny) == Bande::JusquA30);
    CHECK(bandeOf(30) == Bande::JusquA30);
    CHECK(bandeOf(30 + tiny) == Bande::JusquA50);
    CHECK(bandeOf(50) == Bande::JusquA50);
    CHECK(bandeOf(50 + tiny) == Bande::AuDela);
    CHECK(bandeOf(100) == Bande::AuDela);
    CHECK(bandeOf(-1) == Bande::AuDela);
    CHECK(bandeOf(std::numeric_limits<double>::quiet_NaN()) == Bande::AuDela);
}

TEST_CASE("a sum that is exactly on the edge of a band is exactly that score") {
    // 0.4 and 0.8 have no exact binary form; 20.4 and 61.2 of the dwelling are exactly 10 and 30.
    const auto ten =
        scoreOf(shipped(),
                setOf({"desordres_logement_chauffage_details_fenetres_permeables_pieces_salle_de_bain",
                       "desordres_logement_lumiere_pas_lumiere_pieces_tout",
                       "desordres_logement_securite_sol_dangereux_pieces_tout", "desordres_logement_eau_eau_chaude"}),
                false);
    CHECK(ten.score == 10.0);
    CHECK(bandeOf(ten.score) == Bande::JusquA10);
    const auto thirty = scoreOf(
        shipped(),
        setOf({"desordres_logement_chauffage_details_fenetres_permeables_pieces_salle_de_bain",
               "desordres_logement_chauffage_details_fenetres_permeables_pieces_piece_a_vivre",
               "desordres_logement_lumiere_pas_lumiere_pieces_tout", "desordres_type_composition_logement_sous_combles",
               "desordres_type_composition_logement_sous_sol"}),
        false);
    CHECK(thirty.score == 30.0);
    CHECK(bandeOf(thirty.score) == Bande::JusquA30);
}
