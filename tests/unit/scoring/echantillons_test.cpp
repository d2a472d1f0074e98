// The sample drafts of the public form, one by one: the score of each, under the rules of the service of reference's
// catalogue.
#include <catch2/catch.hpp>

#include "libs/core/files.hpp"
#include "services/scoring/domain/evaluation.hpp"
#include "tests/unit/domain/shipped.hpp"

using namespace histologe;
using namespace histologe::scoring;
using core::Json;
using desordres::testing::shipped;

namespace {

Json golden(const std::string& name) {
    return core::parseJson(core::readFile(std::string(HISTOLOGE_SOURCE_DIR) + "/tests/golden/" + name));
}

}  // namespace

TEST_CASE("sample drafts: what each scores") {
    const Json rows = golden("payloads_expected.json").at("payloads");
    REQUIRE(rows.size() == 14);
    for (const auto& [name, row] : rows.items()) {
        DYNAMIC_SECTION(name) {
            const Json& expected = row.at("desordres");
            const auto evaluation = evaluate(shipped(), golden("payloads/" + name));
            CHECK(evaluation.declares() == row.at("built").get<bool>());
            CHECK(evaluation.score.score == Approx(expected.at("score").get<double>()).margin(1e-9));
            CHECK(evaluation.score.scoreBatiment == Approx(expected.at("score_batiment").get<double>()).margin(1e-9));
            CHECK(evaluation.score.scoreLogement == Approx(expected.at("score_logement").get<double>()).margin(1e-9));
        }
    }
}
