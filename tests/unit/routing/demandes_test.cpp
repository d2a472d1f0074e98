// What a directory may hold: reproductions of what broke elsewhere.
#include <catch2/catch.hpp>

#include "services/routing/domain/annuaire_json.hpp"
#include "services/routing/domain/auto_affectation.hpp"
#include "services/routing/domain/zones.hpp"

using namespace histologe;
using namespace histologe::routing;
using core::Json;

namespace {

constexpr char kUuid[] = "00000000-0000-4000-8000-00000000000";

Json regle() {
    return {{"id", std::string(kUuid) + "2"}, {"territoire", "13"}, {"typePartenaire", "COMMUNE_SCHS"}};
}

Json partenaire() {
    return {{"id", std::string(kUuid) + "3"}, {"territoire", "13"}, {"nom", "Ville"}, {"type", "COMMUNE_SCHS"}};
}

DossierAAffecter dossierAt(const char* insee) {
    DossierAAffecter dossier;
    dossier.territoire = *domain::CodeTerritoire::parse("13");
    dossier.codeInsee = domain::CodeInsee::parse(insee);
    dossier.position = Position{5.4, 43.3};
    return dossier;
}

}  // namespace

TEST_CASE("D-52: what is no polygon is no zone, with the reason; one that is stored all the same holds nothing") {
    for (const auto* wkt : {"POLYGON((5.3 43.2, 5.4", "", "POLYGON EMPTY", "POINT (5 43)", "n'importe quoi"}) {
        CAPTURE(wkt);
        const auto problem = zoneProblem(wkt);
        REQUIRE(problem);
        CHECK_FALSE(problem->empty());
        CHECK(surfacesDe(wkt).empty());
    }
    CHECK_FALSE(zoneProblem("POLYGON ((5 43, 6 43, 6 44, 5 44, 5 43))"));
}

TEST_CASE("D-53: a rule with sixty communes is kept whole") {
    auto une = regle();
    for (int i = 0; i < 60; ++i) une["communesIncluses"].push_back("13" + std::to_string(100 + i));
    const Annuaire annuaire(readAnnuaire({{"partenaires", {partenaire()}}, {"regles", {une}}}));
    CHECK(affecter(annuaire, dossierAt("13159"), ModeAffectation::Reelle).size() == 1);
    CHECK(affecter(annuaire, dossierAt("13100"), ModeAffectation::Reelle).size() == 1);
    CHECK(affecter(annuaire, dossierAt("13160"), ModeAffectation::Reelle).empty());
}

TEST_CASE("D-54: no list of excluded partners is an empty one") {
    for (const auto& none : {Json(nullptr), Json::array()}) {
        auto une = regle();
        une["partenairesExclus"] = none;
        const Annuaire annuaire(readAnnuaire({{"partenaires", {partenaire()}}, {"regles", {une}}}));
        CHECK(affecter(annuaire, dossierAt("13055"), ModeAffectation::Reelle).size() == 1);
    }
    const Annuaire annuaire(readAnnuaire({{"partenaires", {partenaire()}}, {"regles", {regle()}}}));
    CHECK(affecter(annuaire, dossierAt("13055"), ModeAffectation::Reelle).size() == 1);
}
