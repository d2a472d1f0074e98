// The same operations behind the gateway: what the other services learn of a dossier's life, and hostile requests.
#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/system/agents/agents.hpp"

using namespace histologe;
using namespace histologe::agents;
using core::Json;

namespace {

auth::Claims qui(auth::Role role, std::vector<std::string> partenaires = {}) {
    auto claims = agent(role, {"13"}, std::move(partenaires));
    claims.scopes = {"dossiers:read", "dossiers:write"};
    return claims;
}

std::string affectation(const std::string& uuid, std::string& partenaire) {
    partenaire = one("SELECT partenaire FROM routing.affectations WHERE signalement = '" + uuid + "' ORDER BY cree_le, id LIMIT 1");
    return one("SELECT id FROM routing.affectations WHERE signalement = '" + uuid + "' AND partenaire = '" + partenaire + "'");
}

Answer agir(const auth::Claims& claims, const std::string& chemin, const Json& corps) {
    return ask(claims, "POST", chemin, corps, {{"If-Match", "*"}});
}

}  // namespace

TEST_CASE("what is decided in routing is known to intake, scoring and statistics") {
    const auto uuid = declared();
    const auto responsable = qui(auth::Role::ResponsableTerritoire);
    std::string partenaire;
    const auto id = affectation(uuid, partenaire);
    const auto membre = qui(auth::Role::Agent, {partenaire});
    const auto vu = ask(membre, "GET", "/dossiers/" + uuid + "/transitions");
    INFO(vu.body);
    REQUIRE(vu.status == 200);
    CHECK_FALSE(vu.header("ETag").empty());
    const auto accepte = agir(membre, "/affectations/" + id + "/transitions", {{"action", "accepter"}});
    INFO(accepte.body);
    REQUIRE(accepte.status == 200);
    const auto chezIntake = "SELECT coalesce(max(statut), '') FROM intake.dossiers_partenaires WHERE signalement = '" + uuid +
                            "' AND partenaire = '" + partenaire + "'";
    CHECK(product::waitFor(chezIntake, "EN_COURS") == "EN_COURS");
    CHECK(product::waitFor("SELECT statut FROM statistics.affectations WHERE id = '" + id + "'", "EN_COURS") == "EN_COURS");
    const auto ecrit = ask(membre, "POST", "/dossiers/" + uuid + "/suivis", {{"texte", "<p>Nous passons mardi matin.</p>"}, {"visibleUsager", true}});
    INFO(ecrit.body);
    REQUIRE(ecrit.status == 201);
    CHECK(ask(membre, "GET", "/dossiers/" + uuid + "/suivis?limite=2").status == 200);
    CHECK(ask(membre, "GET", "/suivis/categories").json().at("categories").size() == 55);
    const auto retire = agir(responsable, "/dossiers/" + uuid + "/affectations", {{"ajouter", Json::array()}, {"retirer", {partenaire}}});
    INFO(retire.body);
    REQUIRE(retire.status == 200);
    CHECK(product::waitFor(chezIntake, "") == "");
    CHECK(product::waitFor("SELECT count(*) FROM scoring.dossiers_partenaires WHERE signalement = '" + uuid + "' AND partenaire = '" + partenaire + "'", "0") == "0");
    CHECK(product::waitFor("SELECT count(*) FROM statistics.affectations WHERE id = '" + id + "'", "0") == "0");
    const auto rendu = agir(responsable, "/dossiers/" + uuid + "/affectations", {{"ajouter", {partenaire}}, {"retirer", Json::array()}});
    REQUIRE(rendu.status == 200);
    CHECK(product::waitFor(chezIntake, "NOUVEAU") == "NOUVEAU");
    const auto ferme = agir(responsable, "/dossiers/" + uuid + "/transitions",
                            {{"action", "fermer"}, {"motif", "PERIL"}, {"texte", "Tout est réglé désormais."}, {"visibleUsager", true}});
    INFO(ferme.body);
    REQUIRE(ferme.status == 200);
    CHECK(product::waitFor("SELECT statut FROM intake.signalements WHERE uuid = '" + uuid + "'", "CLOSED") == "CLOSED");
    CHECK(product::waitFor("SELECT motif_cloture FROM statistics.dossiers WHERE signalement = '" + uuid + "'", "PERIL") == "PERIL");
    CHECK(product::waitFor(chezIntake, "FERME") == "FERME");
    const auto refus = agir(responsable, "/dossiers/" + uuid + "/transitions", {{"action", "valider"}});
    CHECK(refus.status == 409);
    CHECK(refus.isProblem());
    CHECK(refus.json().at("etat").at("statut") == "CLOSED");
    CHECK(ask(responsable, "GET", "/dossiers/" + uuid + "/historique").json().at("lignes").size() >= 5);
}

TEST_CASE("hostile requests are refused as problems and change nothing") {
    const auto uuid = declared();
    const auto responsable = qui(auth::Role::ResponsableTerritoire);
    const auto chemin = "/dossiers/" + uuid + "/transitions";
    const std::vector<Json> mauvais = {
        Json::object(), Json::array(), {{"action", "orienter"}}, {{"action", "fermer_avec"}}, {{"action", 3}}, {{"action", "fermer"}, {"statut", "CLOSED"}},
        {{"action", "fermer"}, {"visibleUsager", "oui"}}, {{"action", "fermer"}, {"texte", std::string(12'001, 'a')}},
        {{"action", "rouvrir"}, {"partenaires", "p1"}}, {{"action", "valider"}, {"abonnes", Json::array({Json::object()})}},
        {{"action", "fermer"}, {"motif", "' OR 1=1 --"}, {"texte", "Une explication assez longue."}, {"visibleUsager", true}}};
    for (const auto& corps : mauvais) {
        const auto answer = agir(responsable, chemin, corps);
        INFO(corps.dump().substr(0, 200) << " " << answer.body);
        CHECK(answer.status == 400);
        CHECK(answer.isProblem());
    }
    CHECK(ask(responsable, "POST", chemin, {{"action", "archiver"}}).status == 400);
    CHECK(ask(responsable, "POST", chemin, {{"action", "archiver"}}, {{"If-Match", "\"999\""}}).status == 412);
    for (const auto* texte : {"", "court", "<img src=\"data:image/png;base64,AAAAAAAAAAAAAAAA\">dix caractères", "<script>alert(1)</script>"}) {
        CHECK(ask(responsable, "POST", "/dossiers/" + uuid + "/suivis", {{"texte", texte}, {"visibleUsager", true}}).status == 400);
    }
    auto lecteur = responsable;
    lecteur.scopes = {"dossiers:read"};
    CHECK(agir(lecteur, chemin, {{"action", "archiver"}}).status == 403);
    CHECK(product::request("POST", chemin, R"({"action":"archiver"})").status == 401);
    auto ailleurs = responsable;
    ailleurs.territoires = {"30"};
    CHECK(agir(ailleurs, chemin, {{"action", "archiver"}}).status == 404);
    CHECK(one("SELECT statut FROM routing.dossiers WHERE signalement = '" + uuid + "'") == "ACTIVE");
    CHECK(one("SELECT count(*) FROM routing.suivis WHERE signalement = '" + uuid + "' AND categorie = 'MESSAGE_PARTNER'") == "0");
}

TEST_CASE("P-030: over HTTP, of twenty contradictory changes one wins") {
    const auto uuid = declared();
    const auto chef = qui(auth::Role::SuperAdmin);
    const auto version = ask(chef, "GET", "/dossiers/" + uuid + "/transitions").header("ETag");
    std::vector<Answer> answers(20);
    std::vector<std::thread> fils;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        fils.emplace_back([&, i] {
            const Json fermer = {{"action", "fermer"}, {"motif", i % 2 == 0 ? "PERIL" : "RSD"}, {"texte", "Une explication assez longue."}, {"visibleUsager", false}};
            answers[i] = ask(chef, "POST", "/dossiers/" + uuid + "/transitions", fermer, {{"If-Match", version}});
        });
    }
    for (auto& fil : fils) fil.join();
    CHECK(std::count_if(answers.begin(), answers.end(), [](const auto& une) { return une.status == 200; }) == 1);
    CHECK(std::count_if(answers.begin(), answers.end(), [](const auto& une) { return une.status == 412 && une.json().contains("etat"); }) == 19);
}
