// The door of the usager's space: who comes in, and what nobody learns there.
#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/usager/usager.hpp"

using namespace histologe;
using namespace histologe::usager;
using core::Json;

namespace {

constexpr char kDossier[] = "/espace-usager/signalement";

}  // namespace

TEST_CASE("the code, two letters and the postcode open the dossier") {
    const auto dossier = declare();
    const auto answer = enter(login(dossier, {{"initialePrenom", " m "}, {"codePostal", " 13002 "}}));
    REQUIRE(answer.status == 200);
    CHECK(answer.json().at("visiteur") == "occupant");
    CHECK(answer.json().at("cguAAccepter") == false);
    CHECK(answer.header("Cache-Control") == "no-store");
    const auto seen = ask(answer.json().at("jeton"), "GET", kDossier);
    REQUIRE(seen.status == 200);
    CHECK(seen.json().at("statut") == "ACTIVE");
    CHECK(seen.json().at("signalement").at("occupant").at("nom") == "Ficelle");
    CHECK(seen.json().at("droits").at("ecrire") == true);
    CHECK(seen.json().at("droits").at("basculer") == false);
    CHECK(seen.header("Cache-Control") == "no-store");
}

TEST_CASE("every refusal at the door is the same") {
    const auto dossier = declare();
    const auto other = declare();
    const auto expected = enter(login(dossier, {{"initialePrenom", "X"}}));
    CHECK(expected.status == 401);
    CHECK(expected.isProblem());
    CHECK(expected.json().at("code") == "acces_refuse");
    one("UPDATE intake.signalements SET contenu = jsonb_set(contenu::jsonb, '{adresse,codePostal}', '\"13003\"')::json "
        "WHERE uuid = '" +
        other.uuid + "'");
    for (const Json& wrong :
         {Json{{"initialeNom", "X"}}, Json{{"codePostal", "13003"}}, Json{{"initialeNom", "Fi"}},
          Json{{"code", core::uuidV4()}}, Json{{"code", "pas un code"}}, Json{{"code", "' OR 1=1 --"}},
          Json{{"code", other.code}}, Json{{"initialePrenom", "%"}}, Json{{"codePostal", "_____"}}}) {
        const auto answer = enter(login(dossier, wrong));
        INFO(wrong.dump());
        CHECK(answer.status == 401);
        auto said = answer.json();
        auto was = expected.json();
        said.erase("instance");
        was.erase("instance");
        CHECK(said == was);
        one("DELETE FROM intake.comptes");
    }
}

TEST_CASE("five refusals of one code, and everybody waits, whether the code exists or not") {
    const auto dossier = declare();
    one("DELETE FROM intake.comptes");
    for (const auto& code : {dossier.code, core::uuidV4()}) {
        const auto wrong = login(dossier, {{"code", code}, {"initialeNom", "X"}});
        for (int i = 0; i < 5; ++i) CHECK(enter(wrong).status == 401);
        const auto refused = enter(login(dossier, {{"code", code}}));
        CHECK(refused.status == 429);
        CHECK(refused.json().at("code") == "trop_d_essais");
        CHECK(std::stoi(refused.header("Retry-After")) >= 1);
        CHECK(refused.header("RateLimit-Limit") == "5");
    }
    one("DELETE FROM intake.comptes");
    // A right answer begins the count anew.
    for (int i = 0; i < 4; ++i) CHECK(enter(login(dossier, {{"initialeNom", "X"}})).status == 401);
    CHECK(enter(login(dossier)).status == 200);
    for (int i = 0; i < 4; ++i) CHECK(enter(login(dossier, {{"initialeNom", "X"}})).status == 401);
    CHECK(enter(login(dossier)).status == 200);
}

TEST_CASE("tries of one code at once are all counted") {
    const auto dossier = declare();
    one("DELETE FROM intake.comptes");
    const auto answers = atOnce(20, [&](std::size_t) { return enter(login(dossier, {{"initialeNom", "X"}})); });
    CHECK(countOf(answers, 401) == 5);
    CHECK(countOf(answers, 429) == 15);
    one("DELETE FROM intake.comptes");
}

TEST_CASE("D-40: a usager without a mail follows his dossier with the code") {
    const auto dossier = declare();
    one("UPDATE intake.signalements SET courriel_occupant = '', "
        "contenu = jsonb_set(contenu::jsonb, '{occupant,courriel}', 'null')::json WHERE uuid = '" +
        dossier.uuid + "'");
    CHECK(ask(token(dossier), "GET", kDossier).status == 200);
}

TEST_CASE("D-94: when a usager came in last is known") {
    const auto dossier = declare();
    const auto last = "SELECT count(*) FROM intake.connexions WHERE signalement = '" + dossier.uuid +
                      "' AND personne = 'occupant' AND derniere_le > now() - interval '1 minute'";
    CHECK(one(last) == "0");
    token(dossier);
    CHECK(one(last) == "1");
}

TEST_CASE("a tiers who declares comes in as himself, the occupant as himself") {
    const auto dossier = declare([](Json& payload) {
        const auto own = payload.at("vos_coordonnees_occupant_email");
        payload = product::sample("step__validation_signalement__bailleur.json");
        payload["coordonnees_occupant_email"] = own;
    });
    CHECK(enter(login(dossier)).status == 401);  // as whom is not said
    const auto occupant = enter(login(dossier, {{"visiteur", "occupant"}}));
    REQUIRE(occupant.status == 200);
    CHECK(occupant.json().at("visiteur") == "occupant");
    CHECK(enter(login(dossier, {{"visiteur", "déclarant"}})).status == 401);
    const Json basile = {{"visiteur", "déclarant"}, {"initialePrenom", "B"}, {"initialeNom", "v"}};
    const auto declarant = enter(login(dossier, basile));
    REQUIRE(declarant.status == 200);
    CHECK(declarant.json().at("visiteur") == "declarant");
    CHECK(ask(declarant.json().at("jeton"), "GET", kDossier).json().at("droits").at("inviter") == false);
}

TEST_CASE("decision 1: a token opens its own signalement and nothing else") {
    const auto dossier = declare();
    const auto other = declare();
    const auto mine = token(dossier);
    CHECK(ask(mine, "GET", "/signalements/" + dossier.uuid + "/fichiers").status == 200);
    CHECK(ask(mine, "GET", "/signalements/" + other.uuid + "/fichiers").status == 404);
    CHECK(ask(mine, "GET", "/signalements/" + dossier.uuid).status == 403);  // the agents' door
    CHECK(ask(mine, "GET", "/espace-bailleur/dossier").status == 403);
    CHECK(ask("", "GET", kDossier).status == 401);
    CHECK(ask("abc.def.ghi", "GET", kDossier).status == 401);
    // A token that somebody else signed for a usager opens nothing: no session stands behind it.
    auth::Claims claims;
    claims.role = auth::Role::Usager;
    claims.subject = claims.signalement = dossier.uuid;
    claims.scopes = {"espace:usager", "fichiers:read", "fichiers:write"};
    CHECK(ask(product::platform().token(claims), "GET", kDossier).status == 401);
    CHECK(ask(product::platform().token(claims), "GET", "/signalements/" + dossier.uuid + "/fichiers").status == 401);
    // The key of the doors signs for nobody else, and an agent's token is none.
    claims.signalement.clear();
    claims.role = auth::Role::SuperAdmin;
    CHECK(ask(product::platform().token(claims), "GET", kDossier).status == 403);
}

TEST_CASE("a session that was closed opens nothing any more, an expired token neither") {
    const auto dossier = declare();
    const auto first = token(dossier);
    const auto second = token(dossier);
    const auto third = token(dossier);
    CHECK(ask(first, "DELETE", "/espace-usager/acces").status == 204);
    CHECK(ask(first, "GET", kDossier).status == 401);
    CHECK(ask(first, "POST", "/espace-usager/messages", {{"texte", "Bonjour à tous."}}).status == 401);
    CHECK(ask(first, "GET", "/signalements/" + dossier.uuid + "/fichiers").status == 401);
    CHECK(ask(second, "GET", kDossier).status == 200);
    CHECK(ask(second, "DELETE", "/espace-usager/acces?toutes=true").status == 204);
    CHECK(ask(third, "GET", kDossier).status == 401);
    auth::Claims claims;
    claims.role = auth::Role::Usager;
    claims.subject = claims.signalement = dossier.uuid;
    claims.scopes = {"espace:usager"};
    claims.issuedAt = std::chrono::floor<std::chrono::seconds>(core::SystemClock().now()) - std::chrono::hours(3);
    claims.expiresAt = claims.issuedAt + std::chrono::hours(2);
    const auto expired = ask(product::platform().token(claims), "GET", kDossier);
    CHECK(expired.status == 401);
    CHECK(expired.json().at("code") == "jeton_refuse");
}

TEST_CASE("P-011: what is not submitted is seen by nobody, what is archived still is") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    setStatut(dossier, "ARCHIVED");
    CHECK(ask(mine, "GET", kDossier).status == 200);
    CHECK(enter(login(dossier)).status == 200);
    for (const auto* statut : {"DRAFT", "DRAFT_ARCHIVED"}) {
        setStatut(dossier, statut);
        CHECK(ask(mine, "GET", kDossier).status == 404);
        CHECK(enter(login(dossier)).status == 401);
    }
}

TEST_CASE("P-012 P-013: a usager reads of his dossier what is his, and nothing of how it is handled") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    const auto seen = ask(mine, "GET", "/espace-usager/signalement");
    REQUIRE(seen.status == 200);
    for (const auto* hidden : {"score", "qualifications", "partenaires", "affectations", "agent", "compte", "codeSuivi",
                               "echeance", "fichiers", "courriel_declarant", "codeBailleur"}) {
        CAPTURE(hidden);
        CHECK_FALSE(seen.json().contains(hidden));
        CHECK_FALSE(seen.json().at("signalement").contains(hidden));
    }
    // Files have a door of their own; this one takes them and shows none.
    CHECK(ask(mine, "GET", "/espace-usager/fichiers").status == 405);
    CHECK(ask(mine, "GET", "/signalements/" + dossier.uuid).status == 403);
    CHECK(product::request("GET", "/signalements/" + dossier.uuid + "/fichiers").status == 401);
}
