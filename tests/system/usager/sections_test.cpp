// What usagers correct themselves, and the new mail that waits for its confirmation.
#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/usager/usager.hpp"

using namespace histologe;
using namespace histologe::usager;
using core::Json;

namespace {

std::string path(const std::string& section) {
    return "/espace-usager/sections/" + section;
}

Answer modify(const std::string& token, const std::string& section, const Json& body, const std::string& etag = {}) {
    const auto version = etag.empty() ? ask(token, "GET", path(section)).header("ETag") : etag;
    return ask(token, "PATCH", path(section), body, {{"If-Match", version}});
}

std::string mailOf(const Dossier& dossier) {
    return one("SELECT coalesce(contenu->'occupant'->>'courriel', '') FROM intake.signalements WHERE uuid = '" +
               dossier.uuid + "'");
}

std::string secretOf(const Dossier& dossier) {
    return one("SELECT personnel->>'jeton' FROM intake.evenements WHERE sujet = '" + dossier.uuid +
               "' AND type = 'usager.courriel_a_confirmer' ORDER BY numero DESC LIMIT 1");
}

Answer confirm(const std::string& code, const std::string& secret) {
    return product::request("POST", "/confirmation-courriel/" + code + "/" + secret);
}

}  // namespace

TEST_CASE("a usager completes his dossier: kept, in the history, told to agents and to the evaluation") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    const auto answer =
        modify(mine, "type-composition", {{"type", "appartement"}, {"etage", "SOUSSOL"}, {"avecFenetres", "non"}});
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(answer.json().at("version") == 2);
    CHECK(one("SELECT compte || role || section FROM intake.modifications WHERE signalement = '" + dossier.uuid +
              "'") == "occupantusagertype-composition");
    const auto said = core::parseJson(one("SELECT donnees FROM intake.evenements WHERE sujet = '" + dossier.uuid +
                                          "' AND type = 'signalement.modifie'"));
    CHECK(said.at("reponses").at("type_logement_sous_sol_sans_fenetre") == "oui");
    CHECK(suivis(dossier, "SIGNALEMENT_EDITED_FO", "1") == "1");
    CHECK(one("SELECT description FROM routing.suivis WHERE signalement = '" + dossier.uuid +
              "' AND categorie = 'SIGNALEMENT_EDITED_FO'") == "Le dossier est complété : la description du logement.");
    // Several steps within an hour are one mail to each partner, unless the hour turns.
    REQUIRE(modify(mine, "adresse", {{"etage", "47"}}).status == 200);
    REQUIRE(modify(mine, "agence", {{"nom", "Agence du Port"}}).status == 200);
    CHECK(suivis(dossier, "SIGNALEMENT_EDITED_FO", "3") == "3");
    const auto most =
        one("SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM notification.courriels "
            "WHERE signalement = '" +
            dossier.uuid + "' AND type = 'NEW_COMMENT_BACK' GROUP BY destinataire) x");
    CHECK((most == "1" || most == "2"));
}

TEST_CASE("every section is read and written back without a change") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    for (const auto* section : {"adresse", "occupant", "bailleur", "agence", "syndic", "situation-foyer", "assurance",
                                "informations-generales", "type-composition"}) {
        const auto read = ask(mine, "GET", path(section));
        INFO(section << read.body);
        REQUIRE(read.status == 200);
        Json same = Json::object();
        const auto values = read.json().at("valeurs");
        for (const auto& [name, value] : values.items()) {
            if (!value.is_null()) same[name] = value;
        }
        const auto written = modify(mine, section, same);
        INFO(written.body);
        CHECK(written.status == 200);
        CHECK(written.json().at("changements").empty());
    }
    CHECK(one("SELECT version FROM intake.signalements WHERE uuid = '" + dossier.uuid + "'") == "1");
    // P-033: what only the platform sets is no field of any section.
    for (const auto* name : {"statut", "territoire", "profilDeclarant", "codeSuivi"}) {
        CHECK(modify(mine, "occupant", {{name, "CLOSED"}}).status == 400);
    }
    CHECK(product::request("GET", "/formulaires/usager").json().at("sections").size() == 9);
    CHECK(ask(mine, "GET", path("logement-vacant")).status == 404);
    CHECK(ask(mine, "GET", path("coordonnees-tiers")).status == 404);
}

TEST_CASE("P-030: a correction of a version that is no more is refused, and of several at once one counts") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    const auto etag = ask(mine, "GET", path("agence")).header("ETag");
    const auto answers = atOnce(8, [&](std::size_t i) {
        return modify(mine, "agence", {{"nom", "Agence " + std::to_string(i)}}, etag);
    });
    CHECK(countOf(answers, 200) == 1);
    CHECK(countOf(answers, 412) == 7);
    CHECK(ask(mine, "PATCH", path("agence"), {{"nom", "Sans version"}}).status == 400);
    const auto wrong = modify(mine, "agence", {{"mail", "faux"}, {"siret", "1"}, {"nom", "Juste"}});
    CHECK(wrong.status == 400);
    CHECK(wrong.json().at("violations").size() == 2);
    CHECK(one("SELECT version FROM intake.signalements WHERE uuid = '" + dossier.uuid + "'") == "2");
    for (const auto* statut : {"CLOSED", "REFUSED", "ARCHIVED"}) {
        setStatut(dossier, statut);
        CHECK(modify(mine, "agence", {{"nom", "Trop tard"}}).status == 403);
    }
}

TEST_CASE("D-42 P-049: a new mail waits aside until its link is followed; the old one is told and counts until then") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    const auto answer = modify(mine, "occupant", {{"mail", "nouveau@example.org"}, {"prenom", "Marine"}});
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(answer.json().at("courrielAConfirmer") == "nouveau@example.org");
    CHECK(answer.json().at("valeurs").at("mail") == dossier.courriel);
    CHECK(answer.json().at("changements").size() == 1);  // the first name
    CHECK(mailOf(dossier) == dossier.courriel);
    CHECK(mails(dossier, "SIGNALEMENT_EDIT_MAIL_OCCUPANT", "nouveau@example.org", "1") == "1");
    CHECK(mails(dossier, "SIGNALEMENT_EDIT_MAIL_OCCUPANT_NOTICE", dossier.courriel, "1") == "1");
    const auto secret = secretOf(dossier);
    CHECK(confirm(dossier.code, core::randomHex(32)).status == 404);
    CHECK(confirm(core::uuidV4(), secret).status == 404);
    CHECK(mailOf(dossier) == dossier.courriel);
    // P-047: followed by a scanner, then by the person; at once or not, it is confirmed once.
    const auto answers = atOnce(5, [&](std::size_t) { return confirm(dossier.code, secret); });
    CHECK(countOf(answers, 200) == 5);
    CHECK(mailOf(dossier) == "nouveau@example.org");
    CHECK(confirm(dossier.code, secret).status == 200);
    CHECK(one("SELECT count(*) FROM intake.modifications WHERE signalement = '" + dossier.uuid + "'") == "2");
    CHECK(ask(mine, "GET", "/espace-usager/signalement").json().at("courrielAConfirmer").is_null());
    // Mails go there from now on.
    CHECK(waitFor("SELECT contenu->'occupant'->>'courriel' FROM notification.dossiers_usagers WHERE signalement = '" +
                      dossier.uuid + "'",
                  "nouveau@example.org") == "nouveau@example.org");
}

TEST_CASE("P-036 P-050: a link past its day is refused, a newer one replaces it") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    REQUIRE(modify(mine, "occupant", {{"mail", "un@example.org"}}).status == 200);
    const auto first = secretOf(dossier);
    one("UPDATE intake.signalements SET jeton_courriel_expire_le = now() WHERE uuid = '" + dossier.uuid + "'");
    const auto late = confirm(dossier.code, first);
    CHECK(late.status == 410);
    CHECK(late.json().at("code") == "lien_perime");
    REQUIRE(modify(mine, "occupant", {{"mail", "deux@example.org"}}).status == 200);
    CHECK(confirm(dossier.code, first).status == 404);
    CHECK(confirm(dossier.code, secretOf(dossier)).status == 200);
    CHECK(mailOf(dossier) == "deux@example.org");
}

TEST_CASE("the old mail sent back cancels the change, and mails are not sent without end") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    REQUIRE(modify(mine, "occupant", {{"mail", "voleur@example.org"}}).status == 200);
    const auto secret = secretOf(dossier);
    REQUIRE(modify(mine, "occupant", {{"mail", dossier.courriel}}).json().at("courrielAConfirmer").is_null());
    CHECK(confirm(dossier.code, secret).status == 404);
    for (int i = 0; i < 4; ++i) {
        CHECK(modify(mine, "occupant", {{"mail", "x" + std::to_string(i) + "@example.org"}}).status == 200);
    }
    CHECK(modify(mine, "occupant", {{"mail", "trop@example.org"}}).status == 429);
    CHECK(mailOf(dossier) == dossier.courriel);
}

TEST_CASE("D-42: who declared for himself keeps a mail; where a tiers declared, the occupant's may be emptied") {
    const auto own = declare();
    CHECK(modify(token(own), "occupant", {{"mail", nullptr}}).status == 400);
    const auto dossier = declare([](Json& payload) {
        const auto mail = payload.at("vos_coordonnees_occupant_email");
        payload = product::sample("step__validation_signalement__bailleur.json");
        payload["coordonnees_occupant_email"] = mail;
    });
    const auto mine = token(dossier, {{"visiteur", "occupant"}});
    REQUIRE(modify(mine, "occupant", {{"mail", "en.attente@example.org"}}).status == 200);
    REQUIRE(modify(mine, "occupant", {{"mail", ""}}).status == 200);
    CHECK(mailOf(dossier).empty());
    CHECK(one("SELECT count(*) FROM intake.signalements WHERE courriel_attendu IS NOT NULL AND uuid = '" +
              dossier.uuid + "'") == "0");
}

TEST_CASE("the name of a social landlord is not a usager's to write") {
    const auto dossier = declare();
    one("UPDATE intake.signalements SET contenu = jsonb_set(contenu::jsonb, '{logement,social}', 'true')::json "
        "WHERE uuid = '" +
        dossier.uuid + "'");
    const auto mine = token(dossier);
    const auto answer = modify(mine, "bailleur", {{"nom", "Un autre"}});
    CHECK(answer.status == 400);
    CHECK(answer.json().at("violations").at(0).at("code") == "lecture_seule");
    CHECK(modify(mine, "bailleur", {{"telephone", "0639980099"}}).status == 200);
}
