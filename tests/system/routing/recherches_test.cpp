// Searches that agents keep under a name.
#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "tests/system/routing/monde.hpp"

using namespace histologe;
using namespace histologe::routing::test;
using core::Json;

namespace {

auth::Principal compte(const std::string& nom) {
    auto qui = lecteur(auth::Role::Agent, {"13"}, {"p1"});
    qui.subject = nom;
    return qui;
}

Json corps(const std::string& nom, const Json& parametres) { return {{"nom", nom}, {"parametres", parametres}}; }

std::string code(const std::string& operation, const auth::Principal& qui, const Json& body, const std::string& id = {},
                 const std::string& version = {}) {
    try {
        monde().appeler(operation, qui, {}, id, body, version);
    } catch (const core::Error& error) {
        return error.code();
    }
    return "";
}

Json toutes(const auth::Principal& qui) {
    return core::parseJson(monde().appeler("listRecherches", qui).body).at("recherches");
}

}  // namespace

TEST_CASE("an account keeps ten searches, of different names and filters") {
    const auto qui = compte("dix");
    for (int i = 0; i < 10; ++i) {
        CHECK(code("createRecherche", qui, corps("Rue " + std::to_string(i), {{"searchTerms", "rue" + std::to_string(i)}})).empty());
    }
    CHECK(code("createRecherche", qui, corps("Une de plus", {{"status", "nouveau"}})) == "trop_de_recherches");
    CHECK(toutes(qui).size() == 10);
    const auto premiere = toutes(qui)[0];
    const auto id = premiere.at("id").get<std::string>();
    CHECK(code("deleteRecherche", qui, nullptr, id, premiere.at("etag").get<std::string>()).empty());
    CHECK(code("createRecherche", qui, corps("Une de plus", {{"status", "nouveau"}})).empty());
    CHECK(toutes(compte("neuf")).empty());
}

TEST_CASE("the same name or the same filters twice are refused, whatever the order and the case") {
    const auto qui = compte("double");
    REQUIRE(code("createRecherche", qui, corps("Été à Marseille", {{"communes[]", {"Marseille", "Aix"}}, {"status", "nouveau"}})).empty());
    CHECK(code("createRecherche", qui, corps("ETE A MARSEILLE", {{"status", "ferme"}})) == "recherche_en_double");
    CHECK(code("createRecherche", qui, corps("Autre", {{"status", {"nouveau"}}, {"communes", {"Aix", "Marseille", "Aix"}}})) ==
          "recherche_en_double");
    CHECK(code("createRecherche", qui, corps("Autre", {{"status", "ferme"}})).empty());
    CHECK(code("createRecherche", qui, corps("   ", {{"status", "refuse"}})) == "requete_invalide");
    CHECK(code("createRecherche", qui, corps("Inconnu", {{"etiquettes", "1"}})) == "parametre_inconnu");
    CHECK(code("createRecherche", compte("autre"), corps("Autre", {{"status", "ferme"}})).empty());
}

TEST_CASE("a search is changed by its owner, in the version that he read") {
    const auto qui = compte("proprietaire");
    const auto faite = core::parseJson(monde().appeler("createRecherche", qui, {}, {}, corps("A", {{"status", "nouveau"}})).body);
    const auto id = faite.at("id").get<std::string>();
    const auto version = faite.at("etag").get<std::string>();
    const auto voisin = compte("voisin");
    CHECK(code("updateRecherche", voisin, corps("B", {{"status", "ferme"}}), id, version) == "recherche_introuvable");
    CHECK(code("deleteRecherche", voisin, nullptr, id, version) == "recherche_introuvable");
    CHECK(code("updateRecherche", qui, corps("B", {{"status", "ferme"}}), id) == "if_match_requis");
    CHECK(code("updateRecherche", qui, corps("B", {{"status", "ferme"}}), id, version).empty());
    CHECK(code("updateRecherche", qui, corps("C", {{"status", "ferme"}}), id, version) == "version_perimee");
    CHECK(code("deleteRecherche", qui, nullptr, id, version) == "version_perimee");
    CHECK(toutes(qui).at(0).at("nom") == "B");
    CHECK(code("deleteRecherche", qui, nullptr, "x", version) == "recherche_introuvable");
    CHECK(code("listRecherches", lecteur(auth::Role::Usager), nullptr) == "reserve_aux_agents");
}
