// The usager who says on the map of buildings where he lives, when nobody knows.
#include <catch2/catch.hpp>

#include "tests/system/usager/usager.hpp"

using namespace histologe;
using namespace histologe::usager;
using core::Json;

namespace {

Answer choose(const std::string& token, const std::string& building) {
    return ask(token, "PUT", "/espace-usager/batiment", {{"rnbId", building}});
}

// Declared with a place, which nobody knows any more.
Dossier withoutPlace() {
    auto dossier = declare();
    one("UPDATE intake.signalements SET rnb_id = NULL, contenu = (contenu::jsonb || jsonb_build_object('adresse', "
        "contenu::jsonb->'adresse' || '{\"geoloc\": null, \"rnbId\": null}'))::json WHERE uuid = '" +
        dossier.uuid + "'");
    return dossier;
}

std::string building(const Dossier& dossier) {
    return one("SELECT coalesce(rnb_id, '') FROM intake.signalements WHERE uuid = '" + dossier.uuid + "'");
}

}  // namespace

TEST_CASE("a dwelling without a place is given its building, and the thread says so") {
    const auto dossier = withoutPlace();
    const auto mine = token(dossier);
    const auto answer = choose(mine, "abcd-1234-efgh");
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(answer.json().at("rnbId") == "ABCD1234EFGH");
    CHECK(building(dossier) == "ABCD1234EFGH");
    CHECK(suivis(dossier, "SIGNALEMENT_EDITED_FO", "1") == "1");
    CHECK(one("SELECT section FROM intake.modifications WHERE signalement = '" + dossier.uuid + "'") == "batiment");
    // The same again is no change; another one is, as long as the place is not known.
    CHECK(choose(mine, "ABCD1234EFGH").json().at("version") == answer.json().at("version"));
    CHECK(choose(mine, "ABCD1234EFGZ").status == 200);
    CHECK(building(dossier) == "ABCD1234EFGZ");
}

TEST_CASE("a known place is not contradicted, and what is no building is refused") {
    const auto known = declare();
    const auto refused = choose(token(known), "ABCD1234EFGH");
    CHECK(refused.status == 409);
    CHECK(refused.json().at("code") == "lieu_deja_connu");
    const auto dossier = withoutPlace();
    const auto mine = token(dossier);
    for (const auto* wrong : {"", "ABCD1234EFG", "ABCD1234EFGHIJKLMNOPQR", "ABCD1234EF'--", "../../../etc"}) {
        CAPTURE(wrong);
        CHECK(choose(mine, wrong).status == 400);
    }
    CHECK(product::request("PUT", "/espace-usager/batiment", R"({"rnbId":"ABCD1234EFGH"})").status == 401);
    setStatut(dossier, "CLOSED");
    CHECK(choose(mine, "ABCD1234EFGH").status == 403);
    CHECK(building(dossier).empty());
}
