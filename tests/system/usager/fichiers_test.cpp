// Files that usagers add to their dossier.
#include <catch2/catch.hpp>

#include "tests/system/usager/usager.hpp"

using namespace histologe;
using namespace histologe::usager;
using core::Json;

namespace {

std::string upload(const std::string& content) {
    const auto answer = product::upload("signalement[documents]", "note.txt", content);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    return answer.json().at("file").get<std::string>();
}

Json filesOf(const std::string& token, const Dossier& dossier) {
    return ask(token, "GET", "/signalements/" + dossier.uuid + "/fichiers").json().at("fichiers");
}

Answer add(const std::string& token, const std::vector<std::string>& keys) {
    return ask(token, "POST", "/espace-usager/fichiers", {{"fichiers", keys}});
}

}  // namespace

TEST_CASE("P-024: three files added at once are three files and three entries of the thread") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    std::vector<std::string> keys;
    for (int i = 0; i < 3; ++i) keys.push_back(upload("Fichier " + std::to_string(i) + "\n"));
    const auto answers = atOnce(3, [&](std::size_t i) { return add(mine, {keys[i]}); });
    CHECK(countOf(answers, 201) == 3);
    CHECK(filesOf(mine, dossier).size() == 3);
    CHECK(suivis(dossier, "SIGNALEMENT_EDITED_FO", "3") == "3");
}

TEST_CASE("D-123: a photo sent before the message is attached with it, or belongs to nobody and expires") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    const auto kept = upload("Jointe\n");
    const auto forgotten = upload("Oubliée\n");
    const Json body = {{"texte", "Voici la photo demandée."}, {"fichiers", {"tmp/" + kept}}};
    const auto answer = ask(mine, "POST", "/espace-usager/messages", body);
    REQUIRE(answer.status == 201);
    CHECK(answer.json().at("details").at("fichiers") == 1);
    // Sent again by an impatient click, it is the same message.
    CHECK(ask(mine, "POST", "/espace-usager/messages", body).json().at("id") == answer.json().at("id"));
    CHECK(filesOf(mine, dossier).size() == 1);
    CHECK(one("SELECT signalement IS NULL FROM intake.fichiers WHERE cle = '" + forgotten + "'") == "t");
}

TEST_CASE("a key that is not ours, or is somebody else's already, adds nothing at all") {
    const auto dossier = declare();
    const auto other = declare();
    const auto mine = token(dossier);
    const auto key = upload("À moi\n");
    CHECK(add(mine, {key, "2026/01/invente.txt"}).status == 400);
    CHECK(one("SELECT signalement IS NULL FROM intake.fichiers WHERE cle = '" + key + "'") == "t");
    REQUIRE(add(mine, {key}).status == 201);
    const auto stolen = add(token(other), {key});
    CHECK(stolen.status == 400);
    CHECK(stolen.json().at("code") == "fichier_inconnu");
    CHECK(add(mine, {}).status == 400);
    CHECK(add(mine, std::vector<std::string>(21, "a")).status == 400);
    // One that was sent for a draft is that draft's.
    one("UPDATE intake.fichiers SET signalement = NULL, brouillon = gen_random_uuid() WHERE cle = '" + key + "'");
    CHECK(add(mine, {key}).status == 400);
}

TEST_CASE("P-025: a usager removes his own file, not an agent's, and the thread says so") {
    const auto dossier = declare();
    const auto other = declare();
    const auto mine = token(dossier);
    REQUIRE(add(mine, {upload("La mienne\n")}).status == 201);
    auth::Claims agent;
    agent.role = auth::Role::SuperAdmin;
    agent.scopes = {"fichiers:write"};
    const Json given = {{"fichiers", {{{"cle", upload("Celle d'un agent\n")}}}}};
    REQUIRE(
        ask(product::platform().token(agent), "POST", "/signalements/" + dossier.uuid + "/fichiers", given).status ==
        201);
    const auto files = filesOf(mine, dossier);
    REQUIRE(files.size() == 2);
    const auto remove = [&](const std::string& token, const Json& file) {
        return ask(token, "DELETE", "/fichiers/" + file.at("id").get<std::string>(), nullptr,
                   {{"If-Match", file.at("etag").get<std::string>()}});
    };
    CHECK(remove(token(other), files.at(0)).status == 404);
    CHECK(remove(mine, files.at(1)).status == 403);
    CHECK(remove(mine, files.at(0)).status == 204);
    CHECK(filesOf(mine, dossier).size() == 1);
    CHECK(suivis(dossier, "SIGNALEMENT_EDITED_FO", "2") == "2");
    CHECK(waitFor("SELECT count(*) FROM routing.suivis WHERE signalement = '" + dossier.uuid +
                      "' AND description = 'Un document est retiré du dossier.'",
                  "1") == "1");
}

TEST_CASE("decision 2, P-020 to P-023: on a closed dossier files are added while a message may be, and not after") {
    const auto dossier = declare();
    const auto mine = token(dossier);
    setStatut(dossier, "CLOSED");
    CHECK(add(mine, {upload("Avant le message\n")}).status == 201);
    CHECK(ask(mine, "POST", "/espace-usager/messages", {{"texte", "Le problème est revenu."}}).status == 201);
    CHECK(add(mine, {upload("Après le message\n")}).status == 403);
    // P-023: opened and closed again, there is a word to say again.
    setStatut(dossier, "ACTIVE");
    setStatut(dossier, "CLOSED");
    CHECK(add(mine, {upload("Après une autre clôture\n")}).status == 201);
    CHECK(ask(mine, "POST", "/espace-usager/messages", {{"texte", "Encore le même problème."}}).status == 201);
    CHECK(add(mine, {upload("Après l'autre message\n")}).status == 403);
    setStatut(dossier, "REFUSED");
    CHECK(add(mine, {upload("Refusé\n")}).status == 403);
    CHECK(filesOf(mine, dossier).size() == 2);  // still seen
}
