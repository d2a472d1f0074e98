// Social landlords, kept over HTTP.
#include <algorithm>

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/annuaire/annuaire.hpp"

using namespace histologe;
using namespace histologe::annuaire;

namespace {

std::string chemin(const Json& fiche) {
    return "/bailleurs/" + fiche.at("id").get<std::string>();
}

Json nouveau(const Json& territoires = Json::array({"13"})) {
    return {{"nom", nomNeuf("Habitat")}, {"territoires", territoires}};
}

}  // namespace

TEST_CASE("a landlord is kept by super admins, read by managers, and found by the form at once") {
    auto corps = nouveau({"13", "30"});
    const auto marque = core::randomHex(6);
    corps["raisonSociale"] = "Société " + marque;
    corps["siret"] = "123 456 789 00012";
    const auto fiche = cree("/bailleurs/fiches", corps);
    CHECK(fiche.at("siret") == "12345678900012");
    // Also by the name of the company, case and accents aside, words in any order.
    const auto cherche = [&](const std::string& commune) {
        return product::request("GET", "/bailleurs?name=" + marque + "%20societe&inseecode=" + commune).json();
    };
    REQUIRE(cherche("13202").size() == 1);
    CHECK(cherche("13202")[0].at("id") == fiche.at("id"));
    CHECK(cherche("34172").empty());

    CHECK(lire(chemin(fiche), responsable("30")).status == 200);
    CHECK(lire(chemin(fiche), responsable("34")).status == 404);
    CHECK(lire(chemin(fiche) + "/historique", responsable("34")).status == 404);
    CHECK(modifier(chemin(fiche), {{"nom", "x"}}, responsable("30")).status == 403);
    CHECK(creer("/bailleurs/fiches", nouveau(), responsable("13")).status == 403);
    CHECK(lire("/bailleurs/fiches", jetonDe(auth::Role::AdminPartenaire, {"13"}, {"x"})).status == 403);
    CHECK(lire("/bailleurs/fiches?territoire=30&q=" + fiche.at("nom").get<std::string>().substr(8), responsable("30"))
              .json()
              .at("bailleurs")
              .size() == 1);
    CHECK(lire("/bailleurs/fiches?q=" + fiche.at("nom").get<std::string>().substr(8), responsable("34"))
              .json()
              .at("bailleurs")
              .empty());

    REQUIRE(modifier(chemin(fiche), {{"territoires", Json::array({"34"})}}).status == 200);
    CHECK(cherche("13202").empty());
    CHECK(cherche("34172").size() == 1);
    // A partner that is this landlord keeps it from going.
    const auto partenaire =
        cree("/partenaires",
             {{"nom", nomNeuf("P")}, {"type", "BAILLEUR_SOCIAL"}, {"territoire", "34"}, {"bailleur", fiche.at("id")}});
    CHECK(archiver(chemin(fiche)).json().at("code") == "bailleur_utilise");
    REQUIRE(modifier("/partenaires/" + partenaire.at("id").get<std::string>(), {{"bailleur", nullptr}}).status == 200);
    CHECK(archiver(chemin(fiche)).status == 200);
    CHECK(cherche("34172").empty());
    CHECK(modifier(chemin(fiche), {{"nom", "x"}}).status == 403);
    CHECK(lire(chemin(fiche) + "/historique").json().at("historique").size() == 3);
}

TEST_CASE("what a landlord's sheet may not say is refused") {
    const auto une = cree("/bailleurs/fiches", nouveau());
    auto double_ = nouveau();
    double_["nom"] = une.at("nom");
    CHECK(refus(creer("/bailleurs/fiches", double_)) == "nom:bailleur_en_double");
    double_["siret"] = "12345678900099";
    const auto statuts = ensemble(10, [&](int) { return creer("/bailleurs/fiches", double_); });
    CHECK(std::count(statuts.begin(), statuts.end(), 201) == 1);
    auto faux = nouveau();
    faux["siret"] = "123";
    faux["nom"] = "  ";
    CHECK(refus(creer("/bailleurs/fiches", faux)) == "nom:requis siret:siret_invalide");
    CHECK(refus(creer("/bailleurs/fiches", nouveau(Json::array({"13", "99"})))) == "territoires:territoire_inconnu");
    CHECK(creer("/bailleurs/fiches", nouveau(Json::array())).status == 400);
    CHECK(creer("/bailleurs/fiches", {{"nom", "x"}}).status == 400);
    const auto version = une.at("etag").get<std::string>();
    const auto edits = ensemble(20, [&](int) {
        return modifier(chemin(une), {{"nom", nomNeuf("N")}}, superAdmin(), version);
    });
    CHECK(std::count(edits.begin(), edits.end(), 200) == 1);
    CHECK(std::count(edits.begin(), edits.end(), 412) == 19);
}
