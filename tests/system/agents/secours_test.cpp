// Rescue services declare what they saw.
#include <algorithm>

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/agents/agents.hpp"

using namespace histologe;
using namespace histologe::agents;
using auth::Role;
using core::Json;
using product::request;
using product::waitFor;

namespace {

auth::Claims admin() {
    auto claims = agent(Role::SuperAdmin);
    claims.scopes = {"services-secours:write", "signalements:read"};
    return claims;
}

std::string openDoor(const std::string& territoire = "13") {
    const auto made = ask(admin(), "POST", "/services-secours",
                          {{"nom", "Pompiers d'Essai " + core::randomHex(4)},
                           {"territoire", territoire},
                           {"courriel", "secours@example.org"},
                           {"telephone", "04 91 00 00 00"}});
    INFO(made.body);
    REQUIRE(made.status == 201);
    return made.header("Location");
}

Json form() {
    return {{"mission",
             {{"matriculeDeclarant", "M-118"},
              {"nomDeclarant", "Sergent"},
              {"dateMission", "2026-11-20"},
              {"ordreMission", "7"}}},
            {"adresse",
             {{"adresseOccupant", newStreet()},
              {"cpOccupant", "13002"},
              {"villeOccupant", "Marseille"},
              {"inseeOccupant", "13202"},
              {"latitude", 43.3},
              {"longitude", 5.37},
              {"isLogementSocial", "nsp"},
              {"natureLogement", "appartement"},
              {"typeEtageLogement", "SOUSSOL"},
              {"nbPiecesLogement", 1}}},
            {"occupant",
             {{"profilOccupant", "LOCATAIRE"},
              {"nomOccupant", "Martin"},
              {"nbAdultesDansLogement", 2},
              {"nbEnfantsDansLogement", 1},
              {"isEnfantsMoinsSixAnsDansLogement", "non"}}},
            {"bailleur", {{"isBailleurAverti", "indetermine"}}},
            {"desordres",
             {{"desordres",
               Json::array({"desordres_service_secours_nuisibles", "desordres_service_secours_risque_electrique",
                            "desordres_service_secours_autre"})},
              {"desordreAutre", "Escalier sans rampe"}}}};
}

Answer declare(const std::string& door, const Json& body) {
    return request("POST", door + "/signalements", core::dumpJson(body));
}

}  // namespace

TEST_CASE("a rescue service declares, and the dossier is routed with its suspicions and without a score") {
    const auto door = openDoor();
    CHECK(request("GET", door).json().at("territoire") == "13");
    const auto made = declare(door, form());
    INFO(made.body);
    REQUIRE(made.status == 201);
    const auto uuid = made.json().at("uuid").get<std::string>();
    const auto contenu = core::parseJson(one("SELECT contenu FROM intake.signalements WHERE uuid = '" + uuid + "'"));
    CHECK(contenu.at("profilDeclarant") == "SERVICE_SECOURS");
    CHECK(contenu.at("logement").at("nbOccupants") == 3);
    CHECK(contenu.at("logement").at("social").is_null());
    CHECK(contenu.at("declarant").at("courriel") == "secours@example.org");
    CHECK(contenu.at("declarant").at("lien") == "SECOURS");
    CHECK(contenu.at("declarant").at("matricule") == "M-118");
    CHECK(contenu.at("mission").at("ordre") == "7");
    CHECK(contenu.at("adresse").at("etage") == "-1");
    CHECK(contenu.at("precisionsLibres").at("desordres_service_secours_autre") == "Escalier sans rampe");
    REQUIRE(waitFor("SELECT count(*) FROM scoring.scores WHERE signalement = '" + uuid + "'", "1") == "1");
    CHECK(one("SELECT score FROM scoring.scores WHERE signalement = '" + uuid + "'") == "0");
    CHECK(one("SELECT jsonb_array_length(precisions) FROM scoring.scores WHERE signalement = '" + uuid + "'") == "3");
    CHECK(one("SELECT qualifications::text FROM scoring.scores WHERE signalement = '" + uuid + "'").find("DANGER") !=
          std::string::npos);
    CHECK(waitFor("SELECT oriente_le IS NOT NULL FROM routing.dossiers WHERE signalement = '" + uuid + "'", "t") ==
          "t");
}

TEST_CASE("D-21: nobody in a category is an answer") {
    auto none = form();
    none["occupant"]["nbAdultesDansLogement"] = 0;
    none["occupant"]["nbEnfantsDansLogement"] = 0;
    CHECK(declare(openDoor(), none).status == 201);
}

TEST_CASE("D-32: a step that is checked is not kept, so that going back loses nothing") {
    const auto door = openDoor();
    const auto before = one("SELECT count(*) FROM intake.signalements");
    const auto all = form();
    for (const auto& [step, body] : all.items()) {
        const auto checked = request("POST", door + "/etapes/" + step, core::dumpJson(body));
        INFO(step << checked.body);
        CHECK(checked.status == 204);
    }
    CHECK(request("POST", door + "/etapes/mission", "{}").json().at("violations")[0].at("champ") ==
          "matriculeDeclarant");
    CHECK(request("POST", door + "/etapes/autre", "{}").status == 404);
    CHECK(one("SELECT count(*) FROM intake.signalements") == before);
}

TEST_CASE("every wrong answer of the whole form is told by its step") {
    auto wrong = form();
    wrong["mission"].erase("matriculeDeclarant");
    wrong["adresse"]["superficie"] = 10000;
    wrong["desordres"] = {
        {"desordres", Json::array({"desordres_service_secours_autre", "desordres_batiment_proprete_interieur"})}};
    wrong["autre"] = Json::object();
    const auto refused = declare(openDoor(), wrong);
    CHECK(refused.status == 400);
    std::vector<std::string> fields;
    const auto body = refused.json();
    for (const auto& v : body.at("violations")) fields.push_back(v.at("champ").get<std::string>());
    CHECK(std::count(fields.begin(), fields.end(), "mission.matriculeDeclarant") == 1);
    CHECK(std::count(fields.begin(), fields.end(), "adresse.superficie") == 1);
    CHECK(std::count(fields.begin(), fields.end(), "desordres.desordres[1].critere") == 1);
    CHECK(std::count(fields.begin(), fields.end(), "desordres.precisionsLibres.desordres_service_secours_autre") == 1);
    CHECK(std::count(fields.begin(), fields.end(), "autre") == 1);
    auto none = form();
    none["desordres"] = {{"desordres", Json::array()}};
    CHECK(declare(openDoor(), none).json().at("violations")[0].at("champ") == "desordres.desordres");
}

TEST_CASE("a door is for one territoire, and a secret that can be closed") {
    const auto door = openDoor("30");
    CHECK(declare(door, form()).json().at("violations")[0].at("code") == "autre_territoire");
    const auto open = openDoor();
    const auto uuid = open.substr(open.rfind('/') + 1);
    CHECK(request("GET", "/services-secours/autre-nom/" + uuid).status == 404);
    CHECK(request("GET", open.substr(0, open.rfind('/') + 1) + core::uuidV4()).status == 404);
    CHECK(ask(agent(Role::ResponsableTerritoire, {"13"}), "DELETE", "/services-secours/" + uuid).status == 403);
    auto manager = agent(Role::ResponsableTerritoire, {"13"});
    manager.scopes = {"services-secours:write"};
    CHECK(ask(manager, "GET", "/services-secours").status == 403);
    CHECK(ask(admin(), "DELETE", "/services-secours/" + uuid).status == 204);
    CHECK(ask(admin(), "DELETE", "/services-secours/" + uuid).status == 404);
    CHECK(declare(open, form()).status == 404);
    CHECK(request("GET", open).json().at("detail") ==
          request("GET", "/services-secours/x/" + core::uuidV4()).json().at("detail"));
    const auto list = ask(admin(), "GET", "/services-secours").json();
    bool isListed = false;
    for (const auto& service : list.at("services"))
        isListed = isListed || (service.at("uuid") == uuid && service.at("actif") == false);
    CHECK(isListed);
}

TEST_CASE(
    "the same declaration sent twice with its key is one signalement; a dwelling without a commune's code is found") {
    const auto door = openDoor();
    const auto key = core::uuidV4();
    auto body = form();
    body["adresse"].erase("inseeOccupant");
    const auto text = core::dumpJson(body);
    const auto first = request("POST", door + "/signalements", text, "application/json", {{"Idempotency-Key", key}});
    const auto second = request("POST", door + "/signalements", text, "application/json", {{"Idempotency-Key", key}});
    INFO(first.body);
    REQUIRE(first.status == 201);
    CHECK(first.json().at("uuid") == second.json().at("uuid"));
    CHECK(one("SELECT contenu->'adresse'->>'codeInsee' FROM intake.signalements WHERE uuid = '" +
              first.json().at("uuid").get<std::string>() + "'")
              .starts_with("13"));
}

TEST_CASE("a declaration has a summary in PDF, made aside, that the service alone opens") {
    const auto door = openDoor();
    const auto made = declare(door, form());
    REQUIRE(made.status == 201);
    const auto uuid = made.json().at("uuid").get<std::string>();
    const auto path = door + "/signalements/" + uuid + "/recapitulatif";
    const auto early = request("GET", path);
    CHECK((early.status == 202 || early.status == 200));
    REQUIRE(waitFor("SELECT etat FROM intake.recapitulatifs WHERE signalement = '" + uuid + "'", "FAIT") == "FAIT");
    const auto summary = request("GET", path);
    REQUIRE(summary.status == 200);
    CHECK(summary.contentType == "application/pdf");
    CHECK(summary.body.starts_with("%PDF-"));
    CHECK(summary.header("Content-Disposition").starts_with("attachment"));
    CHECK(waitFor("SELECT count(*) FROM notification.courriels WHERE signalement = '" + uuid +
                      "' AND type = 'SERVICE_SECOURS_ACCUSE_RECEPTION' AND destinataire = 'secours@example.org'",
                  "1") == "1");
    CHECK(one("SELECT personnel->>'chemin' FROM intake.evenements WHERE sujet = '" + uuid +
              "' AND type = 'secours.recapitulatif_pret'") == path.substr(std::string("/services-secours/").size()));
    // Another door, another declaration, no door at all.
    CHECK(request("GET", openDoor() + "/signalements/" + uuid + "/recapitulatif").status == 404);
    CHECK(request("GET", door + "/signalements/" + core::uuidV4() + "/recapitulatif").status == 404);
    CHECK(request("GET", door + "/signalements/abc/recapitulatif").status == 404);
    CHECK(one("SELECT count(*) FROM intake.recapitulatifs WHERE signalement = '" + uuid + "'") == "1");
}
