#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/files/bench.hpp"

using namespace histologe;
using namespace histologe::filestest;

namespace {

core::Json filesOf(const std::string& uuid, const std::string& token) {
    const auto answer = request("GET", "/signalements/" + uuid + "/fichiers", token);
    return answer.status == 200 ? answer.json().at("fichiers") : core::Json(answer.status);
}

std::string available(const std::string& name, const std::string& content) {
    const auto key = upload("signalement[documents]", name, content).json().at("file").get<std::string>();
    REQUIRE(eventually([&] { return stateOf(key) == "DISPONIBLE"; }));
    return key;
}

}  // namespace

TEST_CASE("a file is opened by its links, for a while, and by nothing else") {
    const auto uuid = signalement({available("cuisine.jpg", photograph())});
    const auto token = tokenOf(auth::Role::Usager, uuid, {});
    const auto files = filesOf(uuid, token);
    REQUIRE(files.size() == 1);
    const auto& links = files[0].at("liens");
    for (const auto* variant : {"original", "moyenne", "vignette"}) {
        const auto link = links.at(variant).get<std::string>();
        const auto answer = request("GET", link);
        CHECK(answer.status == 200);
        CHECK(answer.headers.at("Content-Type") == "image/jpeg");
        CHECK(answer.headers.at("Content-Disposition") == "inline");
        CHECK(request("GET", link.substr(0, link.size() - 1) + (link.back() == '0' ? "1" : "0")).status == 403);
    }
    auto vignette = links.at("vignette").get<std::string>();
    CHECK(request("GET", vignette.replace(vignette.find("vignette"), 8, "original")).status == 403);
    auto later = links.at("original").get<std::string>();
    const auto at = later.find("expire=") + 7;
    CHECK(request("GET", later.replace(at, 10, std::to_string(std::stoll(later.substr(at, 10)) + 3600))).status == 403);
    CHECK(request("GET", "/fichiers/" + files[0].at("id").get<std::string>()).status == 400);
}

TEST_CASE("D-126: a PDF is handed out to be saved, without rights in the browser") {
    const auto uuid = signalement({available("bail.pdf", kDoubtful)});
    const auto files = filesOf(uuid, tokenOf(auth::Role::Usager, uuid, {}));
    CHECK(files[0].at("suspect") == true);
    const auto answer = request("GET", files[0].at("liens").at("original").get<std::string>());
    CHECK(answer.status == 200);
    CHECK(answer.headers.at("Content-Disposition") == "attachment");
    CHECK(answer.headers.at("Content-Security-Policy").find("sandbox") != std::string::npos);
    CHECK(answer.headers.at("X-Content-Type-Options") == "nosniff");
}

TEST_CASE("P-025: who may see, change and remove a file") {
    const auto uuid = signalement({available("note.txt", "Du texte.\n")});
    const auto other = signalement({});
    const auto usager = tokenOf(auth::Role::Usager, uuid, {});
    const auto stranger = tokenOf(auth::Role::Usager, other, {});
    const auto manager = tokenOf(auth::Role::ResponsableTerritoire, "", {"13"});
    const auto elsewhere = tokenOf(auth::Role::ResponsableTerritoire, "", {"30"});
    CHECK(request("GET", "/signalements/" + uuid + "/fichiers").status == 401);
    CHECK(filesOf(uuid, stranger) == 404);
    CHECK(filesOf(uuid, elsewhere) == 404);
    const auto file = filesOf(uuid, manager)[0];
    const auto path = "/fichiers/" + file.at("id").get<std::string>();
    const auto version = file.at("etag").get<std::string>();

    CHECK(request("PATCH", path, stranger, R"({"titre":"x"})", version).status == 404);
    CHECK(request("PATCH", path, usager, R"({"titre":"x"})").status == 400);
    CHECK(request("PATCH", path, usager, R"({"titre":"x"})", "\"0\"").status == 412);
    CHECK(request("PATCH", path, usager, R"({"visibilite":"AGENTS"})", version).status == 403);
    CHECK(request("PATCH", path, usager, R"({"type":"EXPORT"})", version).status == 400);
    const auto named = request("PATCH", path, usager, R"({"titre":"La note","type":"AUTRE"})", version);
    REQUIRE(named.status == 200);
    CHECK(named.json().at("titre") == "La note");
    const auto hidden = request("PATCH", path, manager, R"({"visibilite":"AGENTS"})", named.json().at("etag").get<std::string>());
    REQUIRE(hidden.status == 200);
    CHECK(filesOf(uuid, usager).empty());
    const auto last = hidden.json().at("etag").get<std::string>();
    CHECK(request("DELETE", path, usager, "", last).status == 404);
    CHECK(request("DELETE", path, elsewhere, "", last).status == 404);
    const auto link = filesOf(uuid, manager)[0].at("liens").at("original").get<std::string>();
    // Not even the refusal tells that the file exists.
    CHECK(request("DELETE", path, elsewhere, "", last).json().at("code") ==
          request("DELETE", "/fichiers/" + core::uuidV4(), elsewhere, "", last).json().at("code"));
    CHECK(request("DELETE", path, manager, "", last).status == 204);
    CHECK(request("DELETE", path, manager, "", last).status == 404);
    CHECK(request("GET", link).status == 404);
    CHECK(filesOf(uuid, manager).empty());
    // What the manager did left its traces; so did what the other one was refused. The usager's own doings leave none.
    CHECK(sql().rows("SELECT string_agg(operation, ' ' ORDER BY rang) FROM intake.acces WHERE signalement = $1::uuid "
                     "AND issue IS NULL", {uuid})[0][0] ==
          "getFichiersSignalement patchFichier getFichiersSignalement deleteFichier getFichiersSignalement");
    CHECK(sql().rows("SELECT string_agg(operation || ' ' || issue, ' ') FROM intake.acces WHERE signalement = $1::uuid "
                     "AND issue IS NOT NULL", {uuid})[0][0] == "getFichiersSignalement signalement_introuvable");
    CHECK(sql().rows("SELECT count(*) FROM intake.acces WHERE signalement = $1::uuid AND role <> "
                     "'responsable_territoire'", {uuid})[0][0] == "0");
}

namespace {

Answer join(const std::string& uuid, const std::string& token, const std::string& key, const std::string& more = {}) {
    return request("POST", "/signalements/" + uuid + "/fichiers", token, R"({"fichiers":[{"cle":")" + key + "\"" + more + "}]}");
}

std::string received(const std::string& query = {}) {
    return upload("signalement[documents]", "note.txt", "Du texte.\n", query).json().at("file").get<std::string>();
}

std::string agentOf(const std::string& partenaire) {
    auth::Claims claims;
    claims.role = auth::Role::Agent;
    claims.territoires = {"13"};
    claims.partenaires = {partenaire};
    claims.scopes = {"fichiers:read", "fichiers:write"};
    return platform().token(claims);
}

}  // namespace

TEST_CASE("D-97: a territory's manager adds and edits a file of a closed dossier, an agent does not; no suivi is made") {
    const auto uuid = signalement({});
    sql().rows("UPDATE intake.signalements SET statut = 'CLOSED' WHERE uuid = $1", {uuid});
    sql().rows("INSERT INTO intake.dossiers_partenaires VALUES ($1, 'p-13', 'EN_COURS')", {uuid});
    const auto manager = tokenOf(auth::Role::ResponsableTerritoire, "", {"13"});
    const auto admin = tokenOf(auth::Role::SuperAdmin, "", {});
    const auto agent = agentOf("p-13");
    const auto refused = join(uuid, agent, received());
    CHECK(refused.status == 403);
    CHECK(refused.json().at("code") == "dossier_non_modifiable");
    CHECK(join(uuid, tokenOf(auth::Role::ResponsableTerritoire, "", {"30"}), received()).status == 404);
    CHECK(join(uuid, agentOf("p-30"), received()).status == 404);
    CHECK(join(uuid, tokenOf(auth::Role::Usager, uuid, {}), received()).status == 403);
    const auto added = join(uuid, manager, received(), R"(,"type":"PROCEDURE_ARRETE_MUNICIPAL","visibilite":"AGENTS")");
    REQUIRE(added.status == 201);
    CHECK(added.headers.at("Location") == "/signalements/" + uuid + "/fichiers");
    const auto file = added.json().at("fichiers")[0];
    CHECK(file.at("type") == "PROCEDURE_ARRETE_MUNICIPAL");
    CHECK(file.at("visibilite") == "AGENTS");
    const auto path = "/fichiers/" + file.at("id").get<std::string>();
    CHECK(join(uuid, admin, received()).status == 201);
    CHECK(request("PATCH", path, agent, R"({"titre":"x"})", file.at("etag").get<std::string>()).status == 404);
    REQUIRE(eventually([&] { return filesOf(uuid, manager)[0].at("etat") == "DISPONIBLE"; }));
    CHECK(request("PATCH", path, manager, R"({"titre":"L'arrêté"})", filesOf(uuid, manager)[0].at("etag").get<std::string>())
              .status == 200);
    CHECK(sql().rows("SELECT count(*) FROM intake.evenements WHERE sujet = $1 AND type <> 'fichier.ajoute'", {uuid})[0][0] == "0");
    // The dossier is open again: the agent adds, too.
    sql().rows("UPDATE intake.signalements SET statut = 'ACTIVE' WHERE uuid = $1", {uuid});
    CHECK(join(uuid, agent, received()).status == 201);
}

TEST_CASE("a file is added once, to whom it was sent for, and all of a list or nothing") {
    const auto uuid = signalement({});
    const auto other = signalement({});
    const auto manager = tokenOf(auth::Role::ResponsableTerritoire, "", {"13"});
    const auto key = received();
    REQUIRE(join(uuid, manager, key).status == 201);
    CHECK(join(uuid, manager, key).status == 201);
    const auto taken = join(other, manager, key);
    CHECK(taken.status == 400);
    CHECK(taken.json().at("violations")[0].at("champ") == "fichiers[0].cle");
    CHECK(join(other, manager, received("?brouillon=" + core::uuidV4())).status == 400);
    CHECK(join(other, manager, "2026/11/inconnu.txt").status == 400);
    const auto good = received();
    CHECK(request("POST", "/signalements/" + other + "/fichiers", manager,
                  R"({"fichiers":[{"cle":")" + good + R"("},{"cle":"2026/11/inconnu.txt"}]})").json().at("violations").size() == 1);
    CHECK(filesOf(other, manager).empty());
    CHECK(filesOf(uuid, manager).size() == 1);
}

TEST_CASE("D-37: files given as one value where a list is asked for are refused") {
    const auto uuid = signalement({});
    const auto manager = tokenOf(auth::Role::ResponsableTerritoire, "", {"13"});
    const auto path = "/signalements/" + uuid + "/fichiers";
    for (const auto* body : {R"({"fichiers":"2026/11/a.txt"})", R"({"fichiers":{"cle":"2026/11/a.txt"}})",
                             R"({"fichiers":["2026/11/a.txt"]})", R"({"fichiers":[]})", R"({})", "[]"}) {
        CHECK(request("POST", path, manager, body).status == 400);
    }
}

TEST_CASE("what is in quarantine is listed without links") {
    const auto key = upload("signalement[documents]", "note.txt", kInfected).json().at("file").get<std::string>();
    const auto uuid = signalement({key});
    REQUIRE(eventually([&] { return stateOf(key) == "INFECTE"; }));
    const auto file = filesOf(uuid, tokenOf(auth::Role::Usager, uuid, {}))[0];
    CHECK(file.at("etat") == "INFECTE");
    CHECK(file.at("liens").empty());
}
