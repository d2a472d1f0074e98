// The golden data set, said as events, gives the golden figures.
#include "tests/unit/statistics/golden.hpp"

#include <catch2/catch.hpp>

#include "tests/system/statistics/support.hpp"
#include "tools/golden_runner/statistics_data.hpp"
#include "tools/golden_runner/statistics_vectors.hpp"

using namespace histologe;
using namespace histologe::statistics;
using namespace histologe::statistics::essai;

TEST_CASE("the golden data set gives the golden public figures") {
    const auto dataset = readGolden("statistics_dataset.json");
    const auto expected = readGolden("statistics_expected.json");
    Base base;
    base.clock().set(golden::statisticsNow(dataset));
    golden::loadStatistics(base.connection(), dataset, catalogue());
    CHECK(base.ecarts().empty());

    const auto vectors =
        golden::figureVectors(expected, catalogue(), [&](const std::string& code) { return base.chiffres(code); });
    CHECK(vectors.size() == 7 + 1 + 5 * 6);
    for (const auto& vector : vectors) {
        INFO(vector.id);
        CHECK(vector.actual == vector.expected);
    }
    const auto whole = base.chiffres();
    CHECK(whole.at("list_territoires").size() == 84);
    CHECK(base.chiffres("all") == whole);
    CHECK(base.chiffres("13").at("count_signalement") == 52);  // the national figures do not follow the territory

    SECTION("counted anew from the dossiers, by territory and status") {
        CHECK(base.lignes("SELECT sum(nombre)::text FROM effectifs") == "67\n");
        CHECK(base.lignes("SELECT nombre::text FROM effectifs WHERE territoire = '13' AND statut = 'ACTIVE' "
                          "AND NOT importe") == "20\n");
    }
    SECTION("a second time the same events change nothing") {
        golden::loadStatistics(base.connection(), dataset, catalogue());
        CHECK(base.ecarts().empty());
        CHECK(base.chiffres() == whole);
    }
    SECTION("next year, nothing is of this year") {
        base.clock().set(*core::parseInstant("2027-01-01T00:00:00Z"));
        const auto later = base.chiffres();
        CHECK(later.at("signalement_per_month") == whole.at("signalement_per_month"));
        CHECK(later.at("signalement_per_month_this_year").dump() == "{}");
        CHECK(later.at("signalement_per_statut_this_year").dump() == "{}");
        CHECK(later.at("signalement_per_motif_cloture_this_year").dump() == "{}");
        CHECK(later.at("signalement_per_desordres_categories_this_year").at("BATIMENT").at("count") == 0);
    }
}
