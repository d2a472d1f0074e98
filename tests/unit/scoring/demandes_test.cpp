// Faults that users of such platforms have met, by their number in the list of demands (D) and of peers (P).
#include <algorithm>

#include <catch2/catch.hpp>

#include "services/scoring/domain/evaluation_json.hpp"
#include "tests/unit/domain/shipped.hpp"

using namespace histologe;
using namespace histologe::scoring;
using desordres::testing::setOf;
using desordres::testing::shipped;
using domain::Qualification;

TEST_CASE("D-30: overcrowding alone is a report") {
    desordres::Faits faits;
    faits.nombreOccupants = 5;
    faits.nombrePieces = 1;
    const auto evaluation = reevaluate(shipped(), {}, faits, {});
    CHECK(evaluation.declares());
    CHECK(evaluation.score.score == 0);
    const auto& lignes = evaluation.qualifications;
    CHECK(std::any_of(lignes.begin(), lignes.end(),
                      [](const auto& ligne) { return ligne.qualification == Qualification::Suroccupation; }));
}

TEST_CASE("D-39: a report that weighs nothing has the score 0, not none") {
    const auto json = toJson(shipped(), evaluate(shipped(), core::Json::object()));
    for (const char* score : {"score", "scoreBatiment", "scoreLogement"}) CHECK(json.at(score) == 0);
}

TEST_CASE("D-127: a qualification leaves with its details") {
    desordres::Faits faits;
    faits.classeEnergetique = "G";
    const auto before = reevaluate(shipped(), {}, faits, {});
    REQUIRE(before.qualifications.size() == 1);
    REQUIRE(before.qualifications[0].nde.has_value());
    faits.classeEnergetique = "B";
    CHECK(reevaluate(shipped(), {}, faits, {}, before.qualifications).qualifications.empty());
}

TEST_CASE("P-003: a score sent with the answers is never applied") {
    const core::Json honest = {{"categorieDisorders", {{"batiment", {"desordres_batiment_bruit"}}}},
                               {"desordres_batiment_bruit_exterieur", 1}};
    REQUIRE(evaluate(shipped(), honest).declares());
    auto insistent = honest;
    insistent["score"] = 100;
    insistent["qualifications"] = {"DANGER"};
    CHECK(toJson(shipped(), evaluate(shipped(), insistent)) == toJson(shipped(), evaluate(shipped(), honest)));
}
