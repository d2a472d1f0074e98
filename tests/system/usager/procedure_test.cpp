// Stopping, going on, and what becomes of an injonction.
#include <catch2/catch.hpp>

#include "tests/system/usager/usager.hpp"

using namespace histologe;
using namespace histologe::usager;
using core::Json;

namespace {

Answer stop(const std::string& token, const std::string& motive = "AUTRE") {
    return ask(token, "POST", "/espace-usager/abandon",
               {{"motif", motive}, {"details", "Je déménage le mois prochain."}});
}

Answer goOn(const std::string& token, const Json& body = Json::object()) {
    return ask(token, "POST", "/espace-usager/poursuite", body);
}

std::string abandon(const Dossier& dossier, const std::string& wanted) {
    return waitFor(
        "SELECT coalesce(abandon_demande::text, '') || coalesce(motif_usager, '') FROM routing.dossiers "
        "WHERE signalement = '" +
            dossier.uuid + "'",
        wanted);
}

}  // namespace

TEST_CASE("asking to stop is asking: the dossier stays open, and everybody concerned is told") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    REQUIRE(stop(mine).status == 201);
    CHECK(abandon(dossier, "trueAUTRE") == "trueAUTRE");
    CHECK(one("SELECT statut FROM routing.dossiers WHERE signalement = '" + dossier.uuid + "'") == "ACTIVE");
    CHECK(suivis(dossier, "DEMANDE_ABANDON_PROCEDURE", "1") == "1");
    CHECK(mails(dossier, "DEMANDE_ABANDON_PROCEDURE_TO_USAGER", dossier.courriel, "1") == "1");
    CHECK(waitFor("SELECT count(*) > 0 FROM notification.courriels WHERE signalement = '" + dossier.uuid +
                      "' AND type = 'DEMANDE_ABANDON_PROCEDURE_TO_ADMIN'",
                  "t") == "t");
    const auto seen = ask(mine, "GET", "/espace-usager/signalement").json();
    CHECK(seen.at("abandonDemande") == true);
    CHECK(seen.at("motifAbandon") == "AUTRE");
    CHECK(seen.at("droits").at("abandonner") == false);
    const auto again = stop(mine);
    CHECK(again.status == 409);
    CHECK(again.json().at("code") == "abandon_deja_demande");
    CHECK(ask(mine, "POST", "/espace-usager/abandon", {{"motif", "FATIGUE"}, {"details", "Je suis fatigué."}}).status ==
          400);
}

TEST_CASE("asked to stop ten times at once, it is asked once") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    const auto answers = atOnce(10, [&](std::size_t) { return stop(mine); });
    CHECK(countOf(answers, 201) == 1);
    CHECK(countOf(answers, 409) == 9);
    CHECK(suivis(dossier, "DEMANDE_ABANDON_PROCEDURE", "1") == "1");
}

TEST_CASE("the other usager learns that stopping is asked for") {
    const auto dossier = declare([](Json& payload) {
        const auto own = payload.at("vos_coordonnees_occupant_email");
        payload = product::sample("step__validation_signalement__bailleur.json");
        payload["coordonnees_occupant_email"] = own;
    });
    REQUIRE(stop(token(dossier, {{"visiteur", "occupant"}})).status == 201);
    CHECK(mails(dossier, "DEMANDE_ABANDON_PROCEDURE_TO_USAGER", dossier.courriel, "1") == "1");
    CHECK(mails(dossier, "DEMANDE_ABANDON_PROCEDURE_TO_OTHER_USAGER", "bailleur-10@example.org", "1") == "1");
}

TEST_CASE("going on is said once in twenty days, but for who asked to stop since") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    const auto first = goOn(mine);
    REQUIRE(first.status == 201);
    const auto second = goOn(mine, {{"details", "Toujours la même chose."}});
    CHECK(second.status == 200);
    CHECK(second.json().at("id") == first.json().at("id"));
    CHECK(goOn(mine, {{"details", "court"}}).status == 400);
    REQUIRE(stop(mine).status == 201);
    CHECK(abandon(dossier, "trueAUTRE") == "trueAUTRE");
    CHECK(goOn(mine, {{"details", "Finalement, je reste."}}).status == 201);
    CHECK(abandon(dossier, "false") == "false");
    CHECK(suivis(dossier, "DEMANDE_POURSUITE_PROCEDURE", "2") == "2");
    one("UPDATE intake.actes SET cree_le = cree_le - interval '20 days' WHERE signalement = '" + dossier.uuid + "'");
    CHECK(goOn(mine).status == 201);
    setStatut(dossier, "CLOSED");
    CHECK(goOn(mine).status == 403);
}

TEST_CASE("stopping an injonction closes it at once, and the landlord is told") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    becomeInjonction(dossier);
    REQUIRE(stop(mine, "ACCORD_PROPRIETAIRE").status == 201);
    CHECK(one("SELECT statut FROM intake.signalements WHERE uuid = '" + dossier.uuid + "'") == "INJONCTION_CLOSED");
    CHECK(waitFor("SELECT statut FROM routing.dossiers WHERE signalement = '" + dossier.uuid + "'",
                  "INJONCTION_CLOSED") == "INJONCTION_CLOSED");
    CHECK(suivis(dossier, "INJONCTION_BAILLEUR_CLOTURE_PAR_USAGER", "1") == "1");
    CHECK(mails(dossier, "USAGER_CLOSE_INJONCTION_TO_BAILLEUR", dossier.bailleur, "1") == "1");
    CHECK(stop(mine).status != 201);
    CHECK(goOn(mine).status == 403);
}

TEST_CASE("leaving an injonction begins the ordinary procedure, with a number of its own and its partners") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    CHECK(ask(mine, "POST", "/espace-usager/bascule", {{"details", "Le bailleur ne répond pas."}}).status == 403);
    const auto door = becomeInjonction(dossier);
    CHECK(ask(mine, "GET", "/espace-usager/signalement").json().at("reference") == door.at("reference"));
    CHECK(ask(mine, "POST", "/espace-usager/bascule", {{"details", "court"}}).status == 400);
    const auto answers = atOnce(8, [&](std::size_t) {
        return ask(mine, "POST", "/espace-usager/bascule", {{"details", "Le bailleur ne répond pas."}});
    });
    CHECK(countOf(answers, 201) == 1);
    CHECK(countOf(answers, 403) == 7);
    const auto reference = ask(mine, "GET", "/espace-usager/signalement").json().at("reference").get<std::string>();
    CHECK(reference.find("INJ") == std::string::npos);
    CHECK(waitFor("SELECT reference FROM routing.dossiers WHERE signalement = '" + dossier.uuid + "'", reference) ==
          reference);
    CHECK(waitFor("SELECT count(*) > 0 FROM routing.affectations WHERE signalement = '" + dossier.uuid + "'", "t") ==
          "t");
    CHECK(waitFor("SELECT statut FROM intake.signalements WHERE uuid = '" + dossier.uuid + "'", "ACTIVE") == "ACTIVE");
    CHECK(suivis(dossier, "INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_USAGER", "1") == "1");
}

TEST_CASE("that the landlord was told is said once") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    one("UPDATE intake.signalements SET contenu = jsonb_set(contenu::jsonb, '{proprietaire,averti}', 'false')::json "
        "WHERE uuid = '" +
        dossier.uuid + "'");
    const auto answers = atOnce(6, [&](std::size_t) { return ask(mine, "POST", "/espace-usager/bailleur-prevenu"); });
    CHECK(countOf(answers, 204) == 6);
    CHECK(one("SELECT contenu->'proprietaire'->>'averti' FROM intake.signalements WHERE uuid = '" + dossier.uuid +
              "'") == "true");
    CHECK(one("SELECT count(*) FROM intake.modifications WHERE signalement = '" + dossier.uuid + "'") == "1");
    CHECK(suivis(dossier, "SIGNALEMENT_EDITED_FO", "1") == "1");
}

TEST_CASE("an agent who was first stays first: the usager's act does not move a dossier that has moved") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    becomeInjonction(dossier);
    one("UPDATE routing.dossiers SET statut = 'INJONCTION_CLOSED' WHERE signalement = '" + dossier.uuid + "'");
    REQUIRE(ask(mine, "POST", "/espace-usager/bascule", {{"details", "Le bailleur ne répond pas."}}).status == 201);
    CHECK(suivis(dossier, "INJONCTION_BAILLEUR_BASCULE_PROCEDURE_PAR_USAGER", "1") == "1");
    CHECK(one("SELECT statut FROM routing.dossiers WHERE signalement = '" + dossier.uuid + "'") == "INJONCTION_CLOSED");
}
