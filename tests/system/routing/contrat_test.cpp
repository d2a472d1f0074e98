// The same operations behind the gateway: the contract's words, scopes and answers.
#include <catch2/catch.hpp>

#include "tests/system/agents/agents.hpp"

using namespace histologe;
using namespace histologe::agents;

namespace {

auth::Claims lecteur(auth::Role role, std::vector<std::string> territoires = {}) {
    auto claims = agent(role, std::move(territoires));
    claims.scopes = {"dossiers:read"};
    return claims;
}

}  // namespace

TEST_CASE("a signalement of the public form is in the list, by its occupant's name, and shown whole") {
    const auto uuid = declared();
    const auto responsable = lecteur(auth::Role::ResponsableTerritoire, {"13"});
    REQUIRE(product::waitFor("SELECT count(*) FROM routing.recherche WHERE signalement = '" + uuid + "'", "1") == "1");
    const auto nom = one("SELECT contenu->'occupant'->>'nom' FROM routing.personnel WHERE signalement = '" + uuid + "'");
    REQUIRE_FALSE(nom.empty());
    const auto liste = ask(responsable, "GET", "/dossiers?limite=1&sortBy=createdAt&searchTerms=" + nom);
    INFO(liste.body);
    REQUIRE(liste.status == 200);
    CHECK(liste.json().at("dossiers").at(0).at("uuid") == uuid);
    const auto compte = ask(responsable, "GET", "/dossiers/compte?searchTerms=" + nom + "&partenaires[]=AUCUN");
    CHECK(compte.status == 200);
    const auto carte = ask(responsable, "GET", "/dossiers/carte?zoom=10&emprise=5,43,6,44&status=en_cours");
    INFO(carte.body);
    CHECK(carte.status == 200);
    CHECK(carte.contentType == "application/geo+json");
    const auto vu = ask(responsable, "GET", "/dossiers/" + uuid);
    INFO(vu.body);
    CHECK(vu.status == 200);
    CHECK(vu.json().at("occupant").at("nom") == nom);
    CHECK(ask(responsable, "GET", "/dossiers/" + uuid + "/meme-adresse").status == 200);
    CHECK(environment::Sql(product::platform().databaseUrl("routing")).rows("SELECT ecart FROM recherche_ecarts").empty());
    const auto ailleurs = lecteur(auth::Role::ResponsableTerritoire, {"30"});
    const auto cache = ask(ailleurs, "GET", "/dossiers/" + uuid);
    const auto rien = ask(ailleurs, "GET", "/dossiers/00000000-0000-4000-8000-000000000000");
    CHECK(cache.status == 404);
    CHECK(cache.json().at("code") == rien.json().at("code"));
    CHECK(ask(ailleurs, "GET", "/dossiers/compte").json().at("total") == 0);
}

TEST_CASE("values outside the contract, unknown filters and missing scopes are refused as problems") {
    const auto qui = lecteur(auth::Role::SuperAdmin);
    for (const auto* chemin : {"/dossiers?status=ouvert", "/dossiers?limite=101", "/dossiers?sortBy=score", "/dossiers?page=2",
                               "/dossiers?dateDepotDebut=hier", "/dossiers?isImported=non", "/dossiers/carte", "/dossiers/carte?zoom=21",
                               "/dossiers/carte?zoom=5&emprise=a", "/dossiers/compte?etiquettes[]=1", "/dossiers?curseur=abc"}) {
        const auto answer = ask(qui, "GET", chemin);
        INFO(chemin << " " << answer.body);
        CHECK(answer.status == 400);
        CHECK(answer.isProblem());
    }
    auto sans = qui;
    sans.scopes = {"signalements:read"};
    for (const auto* chemin : {"/dossiers", "/dossiers/compte", "/dossiers/carte?zoom=5", "/dossiers/x", "/dossiers/x/meme-adresse"}) {
        CHECK(ask(sans, "GET", chemin).status == 403);
        CHECK(product::request("GET", chemin).status == 401);
    }
    CHECK(ask(qui, "GET", "/dossiers/x").status == 404);
}
