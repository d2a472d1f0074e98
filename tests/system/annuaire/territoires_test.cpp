// Territories, communes and EPCIs, to read.
#include <catch2/catch.hpp>

#include "tests/system/annuaire/annuaire.hpp"

using namespace histologe;
using namespace histologe::annuaire;

TEST_CASE("what the directory knows of a territory") {
    const auto agent = jetonDe(auth::Role::Agent, {"13"}, {"x"});
    const auto territoire = lire("/territoires/13", agent);
    REQUIRE(territoire.status == 200);
    CHECK(territoire.json().at("ouvert") == true);
    const auto communes = lire("/territoires/13/communes", agent).json().at("communes");
    CHECK(communes.size() > 100);
    bool aMarseille = false;
    for (const auto& une : communes)
        aMarseille = aMarseille || (une.at("codeInsee") == "13202" && une.at("codesPostaux") == Json::array({"13002"}));
    CHECK(aMarseille);
    // The part of the Rhône that is run apart has its own communes only.
    const auto lyon = lire("/territoires/69A/communes", agent).json().at("communes");
    for (const auto& une : lyon) CHECK(une.at("codeInsee").get<std::string>().substr(0, 2) == "69");
    CHECK(lyon.size() < 100);
    const auto epcis = lire("/territoires/13/epcis", agent).json().at("epcis");
    REQUIRE_FALSE(epcis.empty());
    CHECK(epcis[0].at("communes")[0].get<std::string>().substr(0, 2) == "13");
    for (const auto* rien : {"/territoires/99", "/territoires/99/communes", "/territoires/99/epcis", "/territoires/x"})
        CHECK(lire(rien, agent).status == 404);
    CHECK(product::request("GET", "/territoires/13").status == 401);
    CHECK(lire("/territoires/13", jetonDe(auth::Role::Api, {"13"}, {"x"})).status == 200);
}
