// Asking for a score without filing anything.
#include <catch2/catch.hpp>

#include "tests/system/product/platform.hpp"

using namespace histologe;
using namespace histologe::product;

namespace {

Answer simulate(const core::Json& reponses) {
    return request("POST", "/scoring/simulations", core::dumpJson({{"reponses", reponses}}));
}

std::string stored() {
    return environment::Sql(platform().superuserUrl()).rows("SELECT count(*) FROM scoring.scores")[0][0].value();
}

}  // namespace

TEST_CASE("a simulation gives the score that the same answers give when they are filed, and says why") {
    const auto payload = sample("locataire_all_in.json");
    const auto before = stored();
    const auto answer = simulate(payload);
    REQUIRE(answer.status == 200);
    CHECK(stored() == before);
    const auto simulated = answer.json();
    CHECK(simulated.at("declare") == true);
    CHECK(simulated.at("explication").at("score") == simulated.at("score"));
    CHECK(simulated.at("explication").at("contributions").size() == simulated.at("precisions").size());

    const auto draft = beginDraft(payload);
    REQUIRE_FALSE(draft.empty());
    REQUIRE(submit(draft, payload).status == 200);
    const auto where = "FROM scoring.scores WHERE signalement = (SELECT uuid FROM intake.signalements WHERE brouillon = '" +
                       draft + "')";
    REQUIRE(waitFor("SELECT count(*) " + where, "1") == "1");
    const auto filed = environment::Sql(platform().superuserUrl()).rows("SELECT score, precisions " + where)[0];
    CHECK(std::stod(filed[0].value()) == Approx(simulated.at("score").get<double>()).margin(1e-9));
    CHECK(core::parseJson(filed[1].value()) == simulated.at("precisions"));
}

TEST_CASE("answers that declare nothing simulate to nothing") {
    const auto answer = simulate({{"profil", "locataire"}});
    REQUIRE(answer.status == 200);
    CHECK(answer.json().at("declare") == false);
    CHECK(answer.json().at("score") == 0);
    CHECK(answer.json().at("precisions").empty());
}

TEST_CASE("a simulation of something else is refused, and of anything at all is answered") {
    for (const char* body : {"", "{}", "[]", "{\"reponses\":1}", "{\"reponses\":{}}", "{\"reponses\":", "null"}) {
        INFO(body);
        const auto answer = request("POST", "/scoring/simulations", body);
        CHECK((answer.status >= 400 && answer.status < 500));
        CHECK(answer.isProblem());
    }
    const auto odd = simulate({{"composition_logement_superficie", {{"a", {1, nullptr}}}},
                               {"desordres_logement_humidite", -1e300},
                               {"categorieDisorders", "x"}});
    CHECK(odd.status == 200);
}
