// Agents read and correct signalements.
#include <thread>

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/agents/agents.hpp"

using namespace histologe;
using namespace histologe::agents;
using auth::Role;
using core::Json;
using product::waitFor;

namespace {

std::string path(const std::string& uuid, const std::string& section = "") {
    return "/signalements/" + uuid + (section.empty() ? "" : "/sections/" + section);
}

std::string etag(const auth::Claims& who, const std::string& uuid) {
    return ask(who, "GET", path(uuid)).header("ETag");
}

Answer modify(const auth::Claims& who, const std::string& uuid, const std::string& section, const Json& body) {
    return ask(who, "PATCH", path(uuid, section), body, {{"If-Match", etag(who, uuid)}});
}

std::string territoireOf(const std::string& uuid) {
    return one("SELECT territoire FROM intake.signalements WHERE uuid = '" + uuid + "'");
}

std::string edits(const std::string& uuid) {
    return one("SELECT count(*) FROM intake.evenements WHERE sujet = '" + uuid + "' AND type = 'signalement.modifie'");
}

}  // namespace

TEST_CASE("P-028: an edit changes the signalement, its history and its score, and says so once") {
    const auto uuid = declared();
    const auto manager = agent(Role::ResponsableTerritoire, {territoireOf(uuid)});
    const auto before = one("SELECT score FROM scoring.scores WHERE signalement = '" + uuid + "'");
    const auto answer = modify(manager, uuid, "composition-logement",
                               {{"type", "appartement"}, {"etage", "SOUSSOL"}, {"avecFenetres", "non"}});
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(answer.header("ETag") == "\"2\"");
    CHECK(answer.json().at("valeurs").at("etage") == "SOUSSOL");
    CHECK(edits(uuid) == "1");
    const auto said = core::parseJson(
        one("SELECT donnees FROM intake.evenements WHERE sujet = '" + uuid + "' AND type = 'signalement.modifie'"));
    CHECK(said.at("modification").at("version") == 2);
    CHECK(said.at("modification").at("auteur") == manager.subject);
    CHECK(said.at("reponses").at("type_logement_sous_sol_sans_fenetre") == "oui");
    CHECK(waitFor("SELECT score <> " + before + " FROM scoring.scores WHERE signalement = '" + uuid + "'", "t") == "t");

    const auto history = ask(manager, "GET", path(uuid) + "/modifications");
    REQUIRE(history.status == 200);
    const auto entry = history.json().at("modifications").at(0);
    CHECK(entry.at("section") == "composition-logement");
    CHECK(entry.at("compte") == manager.subject);
    bool told = false;
    for (const auto& change : entry.at("changements"))
        told = told || (change.at("champ") == "etage" && change.at("apres") == "SOUSSOL");
    CHECK(told);
}

TEST_CASE("the same values again are no edit") {
    const auto uuid = declared();
    const auto admin = agent(Role::SuperAdmin);
    const auto section = ask(admin, "GET", path(uuid, "procedure-demarches"));
    REQUIRE(section.status == 200);
    Json same = Json::object();
    const auto shown = section.json();
    for (const auto& [name, value] : shown.at("valeurs").items()) {
        if (!value.is_null()) same[name] = value;
    }
    const auto answer = modify(admin, uuid, "procedure-demarches", same);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    CHECK(answer.json().at("changements").empty());
    CHECK(answer.header("ETag") == "\"1\"");
    CHECK(edits(uuid) == "0");
}

TEST_CASE("P-026 P-027 P-029: a wrong field leaves everything as it was") {
    const auto uuid = declared();
    const auto admin = agent(Role::SuperAdmin);
    const auto before = one("SELECT contenu FROM intake.signalements WHERE uuid = '" + uuid + "'");
    for (const Json& body : {Json{{"nom", "Juste"}, {"mail", "faux"}}, Json{{"nom", "Juste"}, {"statut", "CLOSED"}}}) {
        const auto answer = modify(admin, uuid, "coordonnees-foyer", body);
        CHECK(answer.status == 400);
        CHECK(answer.isProblem());
        CHECK(answer.json().at("violations").size() == 1);
    }
    CHECK(one("SELECT contenu FROM intake.signalements WHERE uuid = '" + uuid + "'") == before);
    CHECK(edits(uuid) == "0");
    CHECK(one("SELECT count(*) FROM intake.modifications WHERE signalement = '" + uuid + "'") == "0");
}

TEST_CASE("P-030: of edits of one version at once, one counts") {
    const auto uuid = declared();
    const auto admin = agent(Role::SuperAdmin);
    const auto version = etag(admin, uuid);
    std::vector<Answer> answers(8);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        threads.emplace_back([&, i] {
            answers[i] = ask(admin, "PATCH", path(uuid, "coordonnees-agence"), {{"nom", "Agence " + std::to_string(i)}},
                             {{"If-Match", version}});
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(std::count_if(answers.begin(), answers.end(), [](const Answer& one) { return one.status == 200; }) == 1);
    CHECK(std::count_if(answers.begin(), answers.end(), [](const Answer& one) { return one.status == 412; }) == 7);
    CHECK(edits(uuid) == "1");
    CHECK(ask(admin, "PATCH", path(uuid, "coordonnees-agence"), {{"nom", "x"}}).status == 400);  // without If-Match
}

TEST_CASE("who may see and edit, by role and territoire, and nothing leaks") {
    const auto uuid = declared();
    const auto territoire = territoireOf(uuid);
    const auto partenaire =
        one("SELECT partenaire FROM intake.dossiers_partenaires WHERE signalement = '" + uuid + "' LIMIT 1");
    const auto unknown = ask(agent(Role::SuperAdmin), "GET", path(core::uuidV4()));
    REQUIRE(unknown.status == 404);
    for (const auto& stranger :
         {agent(Role::ResponsableTerritoire, {"2A"}), agent(Role::Agent, {territoire}),
          agent(Role::Agent, {"2A"}, {partenaire}), agent(Role::Api, {territoire}, {core::uuidV4()})}) {
        for (const auto& what :
             {path(uuid), path(uuid, "adresse"), path(uuid) + "/modifications", path(uuid) + "/acces"}) {
            const auto answer = ask(stranger, "GET", what);
            CHECK(answer.status == 404);
            CHECK(answer.json().at("code") == unknown.json().at("code"));
            CHECK(answer.json().at("detail") == unknown.json().at("detail"));
        }
        CHECK(ask(stranger, "PATCH", path(uuid, "adresse"), {{"etage", "2"}}, {{"If-Match", "*"}}).status == 404);
    }
    // Sees it, and edits once his partenaire has accepted.
    const auto member = agent(Role::Agent, {territoire}, {partenaire});
    CHECK(ask(member, "GET", path(uuid)).status == 200);
    CHECK(modify(member, uuid, "adresse", {{"etage", "2"}}).status == 403);
    environment::Sql sql(product::platform().superuserUrl());
    sql.run("UPDATE intake.dossiers_partenaires SET statut = 'EN_COURS' WHERE signalement = '" + uuid +
            "' AND partenaire = '" + partenaire + "'");
    CHECK(modify(member, uuid, "adresse", {{"etage", "2"}}).status == 200);
    CHECK(modify(member, uuid, "logement-vacant", {{"logementVacant", true}}).status == 403);
    CHECK(ask(member, "GET", path(uuid) + "/acces").status == 403);
    // His own usager has another door.
    auto usager = agent(Role::Usager);
    usager.signalement = uuid;
    CHECK(ask(usager, "GET", path(uuid)).status == 403);
    CHECK(product::request("GET", path(uuid)).status == 401);

    const auto manager = agent(Role::ResponsableTerritoire, {territoire});
    CHECK(modify(manager, uuid, "logement-vacant", {{"logementVacant", true}}).status == 200);
    sql.run("UPDATE intake.signalements SET statut = 'NEED_VALIDATION' WHERE uuid = '" + uuid + "'");
    CHECK(modify(manager, uuid, "coordonnees-agence", {{"nom", "A"}}).status == 403);
    CHECK(modify(manager, uuid, "adresse", {{"etage", "4"}}).status == 200);
    CHECK(modify(member, uuid, "adresse", {{"etage", "5"}}).status == 403);
    sql.run("UPDATE intake.signalements SET statut = 'CLOSED' WHERE uuid = '" + uuid + "'");
    CHECK(modify(manager, uuid, "adresse", {{"etage", "6"}}).status == 403);
    CHECK(modify(agent(Role::SuperAdmin), uuid, "adresse", {{"etage", "6"}}).status == 200);
    sql.run("UPDATE intake.signalements SET statut = 'ARCHIVED' WHERE uuid = '" + uuid + "'");
    CHECK(ask(manager, "GET", path(uuid)).status == 404);
}

TEST_CASE("every look and every change leaves its trace, which the managers read") {
    const auto uuid = declared();
    const auto manager = agent(Role::ResponsableTerritoire, {territoireOf(uuid)});
    REQUIRE(modify(manager, uuid, "coordonnees-syndic", {{"nom", "Cabinet"}}).status == 200);
    const auto stranger = agent(Role::Agent, {"2A"});
    ask(stranger, "GET", path(uuid));
    const auto traces = ask(manager, "GET", path(uuid) + "/acces");
    REQUIRE(traces.status == 200);
    const auto list = traces.json().at("acces");
    REQUIRE(list.size() == 4);
    CHECK(list[0].at("operation") == "listAcces");
    CHECK(list[1].at("compte") == stranger.subject);
    CHECK(list[1].at("issue") == "signalement_introuvable");
    CHECK(list[2].at("operation") == "modifierSection");
    CHECK(list[2].at("role") == "responsable_territoire");
    CHECK(list[3].at("operation") == "getSignalement");
    const auto first = ask(manager, "GET", path(uuid) + "/acces?limite=2");
    CHECK(first.json().at("acces").size() == 2);
    CHECK(first.header("Link").find("rel=\"next\"") != std::string::npos);
    CHECK(ask(manager, "GET", path(uuid) + "/acces?curseur=x").status == 400);
}

TEST_CASE("a corrected address and name are found by the next who declares it") {
    const auto uuid = declared();
    const auto admin = agent(Role::SuperAdmin);
    const auto street = newStreet();
    REQUIRE(modify(admin, uuid, "adresse", {{"adresse", street}}).status == 200);
    REQUIRE(modify(admin, uuid, "coordonnees-foyer", {{"nom", "Autre Nom"}}).status == 200);
    CHECK(one("SELECT position('" + street.substr(7) + "' in cle_adresse) > 0 FROM intake.signalements WHERE uuid = '" +
              uuid + "'") == "t");
    CHECK(one("SELECT nom_occupant FROM intake.signalements WHERE uuid = '" + uuid + "'") == "autre nom");
    CHECK(ask(admin, "GET", path(uuid), nullptr, {{"If-None-Match", "\"3\""}}).status == 304);
    CHECK(ask(admin, "GET", path(uuid, "inconnue")).status == 404);
    CHECK(ask(admin, "GET", "/signalements/abc").status == 404);
    CHECK(modify(admin, uuid, "coordonnees-tiers", {{"nom", "X"}}).status == 409);
}
