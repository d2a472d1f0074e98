// The landlord's space during an injonction.
#include <catch2/catch.hpp>

#include "tests/system/usager/usager.hpp"

using namespace histologe;
using namespace histologe::usager;
using core::Json;

namespace {

Answer knock(const Json& body) {
    return product::request("POST", "/espace-bailleur/acces", core::dumpJson(body));
}

std::string landlord(const Json& door) {
    const auto answer = knock(door);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    return answer.json().at("jeton").get<std::string>();
}

Answer reply(const std::string& token, const std::string& answer, const std::string& words = "") {
    Json body = {{"reponse", answer}};
    if (!words.empty()) body["commentaire"] = words;
    return ask(token, "POST", "/espace-bailleur/reponse", body);
}

}  // namespace

TEST_CASE("the number and the code of the letter open the landlord's space") {
    const auto dossier = declare();
    const auto door = becomeInjonction(dossier);
    const auto number = door.at("reference").get<std::string>().substr(4);
    for (const Json& typed : {door, Json{{"reference", number}, {"code", "7kqm2xhapb4d9tzc"}},
                              Json{{"reference", "inj-" + number}, {"code", "7KQM 2XHA PB4D 9TZC"}}}) {
        CHECK(knock(typed).status == 200);
    }
    const auto seen = ask(landlord(door), "GET", "/espace-bailleur/dossier");
    REQUIRE(seen.status == 200);
    CHECK(seen.json().at("reference") == door.at("reference"));
    CHECK(seen.json().at("occupant").at("nom") == "Ficelle");
    CHECK(seen.json().at("desordres").size() == 2);
    CHECK(seen.json().at("droits").at("repondre") == true);
    CHECK(seen.json().at("droits").at("ecrire") == false);
    // His tenant's contacts are not his.
    CHECK(seen.body.find(dossier.courriel) == std::string::npos);
    CHECK(seen.body.find("+33") == std::string::npos);
}

TEST_CASE("every refusal at the landlord's door is the same, and the fifth is the last") {
    const auto dossier = declare();
    const auto door = becomeInjonction(dossier);
    const auto expected = knock({{"reference", door.at("reference")}, {"code", "AAAA-AAAA-AAAA-AAAA"}});
    CHECK(expected.status == 401);
    for (const Json& wrong : {Json{{"reference", "INJ-999999999"}, {"code", door.at("code")}},
                              Json{{"reference", "INJ-99999999999"}, {"code", door.at("code")}},
                              Json{{"reference", "x"}, {"code", door.at("code")}},
                              Json{{"reference", door.at("reference")}, {"code", "court"}}}) {
        const auto answer = knock(wrong);
        CHECK(answer.status == 401);
        CHECK(answer.json().at("code") == expected.json().at("code"));
        CHECK(answer.json().at("detail") == expected.json().at("detail"));
    }
    // A signalement without an injonction has no landlord's code: an empty one opens nothing.
    one("UPDATE intake.signalements SET code_bailleur = NULL WHERE uuid = '" + dossier.uuid + "'");
    CHECK(knock(door).status == 401);
    for (int i = 0; i < 5; ++i) knock(door);
    CHECK(knock(door).status == 429);
    one("DELETE FROM intake.comptes");
}

TEST_CASE("D-74: a landlord's answer posted twice in parallel is one answer") {
    const auto dossier = declare();
    const auto mine = landlord(becomeInjonction(dossier));
    const auto answers =
        atOnce(6, [&](std::size_t) { return reply(mine, "OUI", "Un plombier vient mardi prochain."); });
    CHECK(countOf(answers, 201) == 1);
    CHECK(countOf(answers, 200) == 5);
    for (const auto& answer : answers) CHECK(answer.json().at("id") == answers[0].json().at("id"));
    CHECK(suivis(dossier, "INJONCTION_BAILLEUR_REPONSE_OUI", "1") == "1");
    CHECK(suivis(dossier, "INJONCTION_BAILLEUR_REPONSE_COMMENTAIRE", "1") == "1");
    CHECK(reply(mine, "NON", "Finalement je ne ferai rien.").status == 200);
    // The tenant reads the answer, not the words.
    const auto thread = ask(token(dossier), "GET", "/espace-usager/fil");
    CHECK(thread.body.find("INJONCTION_BAILLEUR_REPONSE_OUI") != std::string::npos);
    CHECK(thread.body.find("plombier") == std::string::npos);
    CHECK(mails(dossier, "NEW_COMMENT_FRONT_TO_USAGER", dossier.courriel, "1") == "1");
}

TEST_CASE("a landlord who refuses explains it, and the ordinary procedure begins") {
    const auto dossier = declare();
    const auto mine = landlord(becomeInjonction(dossier));
    CHECK(reply(mine, "NON").status == 400);
    REQUIRE(reply(mine, "NON", "Le logement est en bon état.").status == 201);
    CHECK(waitFor("SELECT statut FROM intake.signalements WHERE uuid = '" + dossier.uuid + "'", "ACTIVE") == "ACTIVE");
    CHECK(ask(mine, "POST", "/espace-bailleur/messages", {{"texte", "J'ai changé d'avis."}}).status == 403);
}

TEST_CASE("works done: the landlord says so once, the tenant confirms or contests") {
    for (const bool isTrue : {true, false}) {
        const auto dossier = declare();
        const auto mine = landlord(becomeInjonction(dossier));
        const Json done = {{"motif", "TRAVAUX_FAITS_OU_EN_COURS"}};
        CHECK(ask(mine, "POST", "/espace-bailleur/cloture", done).status == 403);  // he has not answered yet
        REQUIRE(reply(mine, "OUI_DEMARCHES_COMMENCEES").status == 201);
        CHECK(ask(mine, "POST", "/espace-bailleur/messages", {{"texte", "Les travaux avancent bien."}}).status == 201);
        const auto tenant = token(dossier);
        CHECK(ask(tenant, "POST", "/espace-usager/reponse-cloture", {{"reponse", "oui"}}).status == 403);
        const auto answers =
            atOnce(4, [&](std::size_t) { return ask(mine, "POST", "/espace-bailleur/cloture", done); });
        CHECK(countOf(answers, 201) == 1);
        CHECK(countOf(answers, 200) == 3);
        CHECK(mails(dossier, "BAILLEUR_CLOSE_INJONCTION_TO_USAGER", dossier.courriel, "1") == "1");
        CHECK(ask(tenant, "GET", "/espace-usager/signalement").json().at("droits").at("repondreCloture") == true);
        // His message is the agents' to read.
        CHECK(ask(tenant, "GET", "/espace-usager/fil").body.find("avancent") == std::string::npos);
        if (isTrue) {
            REQUIRE(ask(tenant, "POST", "/espace-usager/reponse-cloture", {{"reponse", "oui"}}).status == 201);
            CHECK(waitFor("SELECT statut FROM routing.dossiers WHERE signalement = '" + dossier.uuid + "'",
                          "INJONCTION_CLOSED") == "INJONCTION_CLOSED");
        } else {
            CHECK(ask(tenant, "POST", "/espace-usager/reponse-cloture", {{"reponse", "non"}}).status == 400);
            REQUIRE(ask(tenant, "POST", "/espace-usager/reponse-cloture",
                        {{"reponse", "non"}, {"details", "Rien n'est fait du tout."}})
                        .status == 201);
            CHECK(waitFor("SELECT statut FROM intake.signalements WHERE uuid = '" + dossier.uuid + "'", "ACTIVE") ==
                  "ACTIVE");
        }
    }
}

TEST_CASE("a landlord's token opens his space only, and is closed with it") {
    const auto dossier = declare();
    const auto mine = landlord(becomeInjonction(dossier));
    CHECK(ask(mine, "GET", "/espace-usager/signalement").status == 403);
    CHECK(ask(mine, "GET", "/signalements/" + dossier.uuid + "/fichiers").status == 403);
    CHECK(ask(token(dossier), "GET", "/espace-bailleur/dossier").status == 403);
    CHECK(ask(mine, "DELETE", "/espace-bailleur/acces").status == 204);
    CHECK(ask(mine, "GET", "/espace-bailleur/dossier").status == 401);
}
