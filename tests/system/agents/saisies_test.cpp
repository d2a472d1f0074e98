// An agent writes a signalement for somebody, step by step.
#include <set>
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

const std::string kDrafts = "/agents/brouillons";

std::string where(const std::string& uuid) {
    return " WHERE uuid = '" + uuid + "'";
}

}  // namespace

TEST_CASE("a signalement written by an agent is scored and routed like any other") {
    const auto manager = agent(Role::ResponsableTerritoire, {"13"});
    const auto draft = writeDraft(manager, address(newStreet()));
    const auto before = ask(manager, "GET", kDrafts + "/" + draft.uuid);
    CHECK(before.json().at("bloquants").empty());
    CHECK(before.json().at("reference").get<std::string>().ends_with("-TEMPORAIRE"));
    const auto made = ask(manager, "POST", kDrafts + "/" + draft.uuid + "/validation", consents());
    INFO(made.body);
    REQUIRE(made.status == 201);
    CHECK(made.header("Location") == "/signalements/" + draft.uuid);
    const auto reference = made.json().at("reference").get<std::string>();
    CHECK(reference == one("SELECT annee || '-' || numero FROM intake.signalements" + where(draft.uuid)));
    CHECK(waitFor("SELECT count(*) FROM scoring.scores WHERE signalement = '" + draft.uuid + "'", "1") == "1");
    CHECK(waitFor("SELECT oriente_le IS NOT NULL FROM routing.dossiers WHERE signalement = '" + draft.uuid + "'",
                  "t") == "t");
    CHECK(one("SELECT precisions::text FROM scoring.scores WHERE signalement = '" + draft.uuid + "'")
              .find("proprete_interieur") != std::string::npos);
    const auto said = core::parseJson(one("SELECT donnees FROM intake.evenements WHERE sujet = '" + draft.uuid + "'"));
    CHECK(said.at("source") == "FORM_PRO_BO");
    CHECK(said.at("saisie").at("valide") == true);
    CHECK(said.at("saisie").at("compte") == manager.subject);

    const auto seen = ask(manager, "GET", "/signalements/" + draft.uuid);
    REQUIRE(seen.status == 200);
    CHECK(seen.json().at("reference") == reference);
    CHECK(seen.json().at("contenu").at("occupant").at("nom") == "Durand");
    CHECK(seen.json().at("sections").at("adresse").at("codePostal") == "13002");
    // The draft is done with.
    CHECK(ask(manager, "DELETE", kDrafts + "/" + draft.uuid).status == 409);
    CHECK(ask(manager, "PUT", kDrafts + "/" + draft.uuid + "/etapes/logement", Json::object(), {{"If-Match", "*"}})
              .status == 409);
}

TEST_CASE("a manager validates by declaring, and chooses the partners where no rule does; an agent only declares") {
    const auto manager = agent(Role::ResponsableTerritoire, {"13"});
    // No rule names a partner for a dwelling without a known place.
    auto nowhere = address(newStreet());
    nowhere.erase("latitude");
    nowhere.erase("longitude");
    const auto partner =
        one("SELECT id FROM routing.partenaires WHERE contenu->>'territoire' = '13' ORDER BY rang LIMIT 1");
    const auto stranger =
        one("SELECT id FROM routing.partenaires WHERE contenu->>'territoire' = '30' ORDER BY rang LIMIT 1");
    auto choice = consents();
    choice["partenaires"] = Json::array({partner, stranger, core::uuidV4(), partner});
    const auto state = [](const std::string& uuid) {
        return "SELECT statut FROM routing.dossiers WHERE oriente_le IS NOT NULL AND signalement = '" + uuid + "'";
    };
    const auto chosen = writeDraft(manager, nowhere);
    REQUIRE(ask(manager, "POST", kDrafts + "/" + chosen.uuid + "/validation", choice).status == 201);
    CHECK(waitFor(state(chosen.uuid), "ACTIVE") == "ACTIVE");
    CHECK(one("SELECT string_agg(partenaire, ',') FROM routing.affectations WHERE signalement = '" + chosen.uuid +
              "'") == partner);
    CHECK(waitFor("SELECT statut FROM intake.signalements" + where(chosen.uuid), "ACTIVE") == "ACTIVE");
    nowhere["adresseOccupant"] = newStreet();
    const auto alone = writeDraft(manager, nowhere);
    REQUIRE(ask(manager, "POST", kDrafts + "/" + alone.uuid + "/validation", consents()).status == 201);
    CHECK(waitFor(state(alone.uuid), "ACTIVE") == "ACTIVE");
    const auto simple = agent(Role::Agent, {"13"}, {partner});
    nowhere["adresseOccupant"] = newStreet();
    const auto declaredOnly = writeDraft(simple, nowhere);
    REQUIRE(ask(simple, "POST", kDrafts + "/" + declaredOnly.uuid + "/validation", choice).status == 201);
    CHECK(waitFor(state(declaredOnly.uuid), "NEED_VALIDATION") == "NEED_VALIDATION");
    CHECK(one("SELECT count(*) FROM routing.affectations WHERE signalement = '" + declaredOnly.uuid + "'") == "0");
}

TEST_CASE(
    "D-01 D-02: validated from everywhere at once, a draft is one signalement; drafts have consecutive references") {
    const auto manager = agent(Role::ResponsableTerritoire, {"13"});
    const auto draft = writeDraft(manager, address(newStreet()));
    const auto other = writeDraft(manager, address(newStreet()));
    std::vector<Answer> answers(10);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        threads.emplace_back([&, i] {
            answers[i] =
                ask(manager, "POST", kDrafts + "/" + (i % 2 == 0 ? draft : other).uuid + "/validation", consents());
        });
    }
    for (auto& thread : threads) thread.join();
    std::set<std::string> references;
    for (const auto& answer : answers) {
        INFO(answer.body);
        REQUIRE(answer.status == 201);
        references.insert(answer.json().at("reference").get<std::string>());
    }
    CHECK(references.size() == 2);
    CHECK(one("SELECT abs(max(numero) - min(numero)) FROM intake.signalements WHERE uuid IN ('" + draft.uuid + "', '" +
              other.uuid + "')") == "1");
    CHECK(one("SELECT count(*) FROM intake.evenements WHERE sujet = '" + draft.uuid + "'") == "1");
}

TEST_CASE("D-12 D-13: the day that counts and the number are those of the validation") {
    const auto manager = agent(Role::ResponsableTerritoire, {"13"});
    const auto last = "SELECT coalesce(max(dernier), 0) FROM intake.numeros WHERE territoire = '13' AND annee > 0";
    const auto before = one(last);
    const auto abandoned = writeDraft(manager, address(newStreet()));
    CHECK(ask(manager, "DELETE", kDrafts + "/" + abandoned.uuid).status == 204);
    CHECK(ask(manager, "GET", kDrafts + "/" + abandoned.uuid).json().value("statut", "") == "ARCHIVE");
    CHECK(one(last) == before);
    const auto draft = writeDraft(manager, address(newStreet()));
    environment::Sql(product::platform().superuserUrl())
        .run("UPDATE intake.saisies SET cree_le = cree_le - interval '40 days'" + where(draft.uuid));
    REQUIRE(ask(manager, "POST", kDrafts + "/" + draft.uuid + "/validation", consents()).status == 201);
    CHECK(one("SELECT cree_le > now() - interval '1 minute' FROM intake.signalements" + where(draft.uuid)) == "t");
}

TEST_CASE("what is missing is said, and nothing is made of it") {
    const auto manager = agent(Role::ResponsableTerritoire, {"13"});
    const auto created = ask(manager, "POST", kDrafts, address(newStreet()));
    REQUIRE(created.status == 201);
    const auto uuid = created.json().at("uuid").get<std::string>();
    CHECK(created.json().at("bloquants").size() == 3);
    const auto refused = ask(manager, "POST", kDrafts + "/" + uuid + "/validation", consents());
    CHECK(refused.status == 400);
    CHECK(refused.json().at("code") == "brouillon_incomplet");
    CHECK(refused.json().at("violations").size() == 3);
    const auto without = ask(manager, "POST", kDrafts + "/" + uuid + "/validation",
                             {{"consentementTiers", true}, {"consentementDonneesSante", false}});
    CHECK(without.json().at("violations")[0].at("champ") == "consentementDonneesSante");
    CHECK(one("SELECT count(*) FROM intake.signalements" + where(uuid)) == "0");
}

TEST_CASE("D-06 D-07 D-08: the same place is recognised however it is written") {
    const auto manager = agent(Role::ResponsableTerritoire, {"13"});
    const auto name = core::randomHex(6);
    const auto first = ask(manager, "POST", kDrafts, address("12bis rue " + name));
    REQUIRE(first.status == 201);
    auto again = address("12 bis, RUE " + name);
    again["villeOccupant"] = "Marseille";
    const auto known = ask(manager, "POST", kDrafts, again);
    REQUIRE(known.status == 409);
    CHECK(known.isProblem());
    CHECK(known.json().at("doublons").at("brouillon").at("uuid") == first.json().at("uuid"));
    CHECK(ask(manager, "POST", kDrafts + "?forcer=true", again).status == 201);

    // A signalement of his own; one that a colleague may not open is only counted.
    const auto made = writeDraft(manager, address("5 rue " + name));
    REQUIRE(ask(manager, "POST", kDrafts + "/" + made.uuid + "/validation", consents()).status == 201);
    const auto own = ask(manager, "POST", kDrafts, address("5 rue " + name));
    REQUIRE(own.status == 409);
    CHECK(own.json().at("doublons").at("signalements")[0].at("uuid") == made.uuid);
    CHECK(own.json().at("doublons").at("signalements")[0].at("creeParVous") == true);
    const auto colleague = ask(agent(Role::Agent, {"13"}, {core::uuidV4()}), "POST", kDrafts, address("5 rue " + name));
    REQUIRE(colleague.status == 409);
    CHECK(colleague.json().at("doublons").at("signalements").empty());
    CHECK(colleague.json().at("doublons").at("autres") == 1);
    CHECK(colleague.body.find(made.uuid) == std::string::npos);
}

TEST_CASE("an address that is saved tells of what stands there, and keeps what was typed") {
    const auto manager = agent(Role::ResponsableTerritoire, {"13"});
    const auto street = newStreet();
    REQUIRE(ask(manager, "POST", kDrafts, address(street)).status == 201);
    const auto draft = ask(manager, "POST", kDrafts, address(newStreet()));
    const auto uuid = draft.json().at("uuid").get<std::string>();
    const auto moved = ask(manager, "PUT", kDrafts + "/" + uuid + "/etapes/adresse", address(street),
                           {{"If-Match", draft.header("ETag")}});
    REQUIRE(moved.status == 200);
    CHECK(moved.json().at("doublons").at("brouillon").is_object());
    CHECK(moved.json().at("etapes").at("adresse").at("adresseOccupant") == street);
}

TEST_CASE("a commune is found by its postcode and name, a whole city is its first arrondissement") {
    const auto manager = agent(Role::ResponsableTerritoire, {"13"});
    auto without = address(newStreet());
    without.erase("inseeOccupant");
    const auto found = ask(manager, "POST", kDrafts, without);
    INFO(found.body);
    REQUIRE(found.status == 201);
    CHECK(found.json().at("etapes").at("adresse").at("inseeOccupant") == "13202");
    auto city = address(newStreet());  // D-45
    city["cpOccupant"] = "13001";
    city["inseeOccupant"] = "13055";
    CHECK(ask(manager, "POST", kDrafts, city).json().at("etapes").at("adresse").at("inseeOccupant") == "13201");
    auto wrong = address(newStreet());  // D-47
    wrong["cpOccupant"] = "30000";
    CHECK(ask(manager, "POST", kDrafts, wrong).json().at("violations")[0].at("champ") == "cpOccupant");
}

TEST_CASE("a draft is its author's, in a territoire of his") {
    const auto author = agent(Role::Agent, {"13"}, {core::uuidV4()});
    const auto draft = ask(author, "POST", kDrafts, address(newStreet()));
    REQUIRE(draft.status == 201);
    const auto path = kDrafts + "/" + draft.json().at("uuid").get<std::string>();
    const auto unknown = ask(author, "GET", kDrafts + "/" + core::uuidV4());
    for (const auto& stranger :
         {agent(Role::Agent, author.territoires, author.partenaires), agent(Role::ResponsableTerritoire, {"13"})}) {
        const auto answer = ask(stranger, "GET", path);
        CHECK(answer.status == 404);
        CHECK(answer.json().at("detail") == unknown.json().at("detail"));
        CHECK(ask(stranger, "DELETE", path).status == 404);
        CHECK(ask(stranger, "POST", path + "/validation", consents()).status == 404);
        CHECK(ask(stranger, "PUT", path + "/etapes/logement", Json::object(), {{"If-Match", "*"}}).status == 404);
    }
    CHECK(ask(agent(Role::SuperAdmin), "GET", path).status == 200);
    CHECK(ask(agent(Role::Agent, {"30"}), "POST", kDrafts, address(newStreet())).status == 403);
    auto usager = agent(Role::Usager);
    usager.signalement = core::uuidV4();
    CHECK(ask(usager, "POST", kDrafts, address(newStreet())).status == 403);
    CHECK(product::request("POST", kDrafts, core::dumpJson(address(newStreet()))).status == 401);
    auto reader = agent(Role::Agent, {"13"});
    reader.scopes = {"signalements:read"};
    const auto refused = ask(reader, "POST", kDrafts, address(newStreet()));
    CHECK(refused.status == 403);
    CHECK(refused.header("WWW-Authenticate").find("signalements:create") != std::string::npos);
}

TEST_CASE("drafts are listed page by page, and a step is saved on the version that was read") {
    const auto author = agent(Role::Agent, {"13"}, {core::uuidV4()});
    std::set<std::string> made;
    for (int i = 0; i < 5; ++i)
        made.insert(ask(author, "POST", kDrafts, address(newStreet())).json().at("uuid").get<std::string>());
    std::set<std::string> listed;
    std::string next = kDrafts + "?limite=2";
    int pages = 0;
    while (!next.empty() && pages < 10) {
        const auto page = ask(author, "GET", next);
        REQUIRE(page.status == 200);
        const auto body = page.json();
        for (const auto& one : body.at("brouillons")) CHECK(listed.insert(one.at("uuid").get<std::string>()).second);
        const auto link = page.header("Link");
        next = link.empty() ? "" : link.substr(1, link.find('>') - 1);
        ++pages;
    }
    CHECK(listed == made);
    CHECK(ask(author, "GET", kDrafts + "?curseur=abc").status == 400);  // D-36

    const auto path = kDrafts + "/" + *made.begin() + "/etapes/logement";
    CHECK(ask(author, "PUT", path, Json::object()).status == 400);
    CHECK(ask(author, "PUT", path, Json::object(), {{"If-Match", "\"7\""}}).status == 412);
    const auto saved = ask(author, "PUT", path, {{"superficie", 20}}, {{"If-Match", "\"1\""}});
    CHECK(saved.header("ETag") == "\"2\"");
    CHECK(ask(author, "PUT", path, {{"superficie", 30}}, {{"If-Match", "\"1\""}}).status == 412);
    CHECK(ask(author, "PUT", kDrafts + "/" + *made.begin() + "/etapes/autre", Json::object(), {{"If-Match", "\"2\""}})
              .status == 404);
}

TEST_CASE("the same creation sent twice with its key makes one draft") {
    const auto author = agent(Role::Agent, {"13"}, {core::uuidV4()});
    const auto step = address(newStreet());
    const auto key = core::uuidV4();
    const auto first = ask(author, "POST", kDrafts, step, {{"Idempotency-Key", key}});
    const auto second = ask(author, "POST", kDrafts, step, {{"Idempotency-Key", key}});
    REQUIRE(first.status == 201);
    CHECK(second.status == 201);
    CHECK(second.json().at("uuid") == first.json().at("uuid"));
}

TEST_CASE("every operation on a draft leaves its trace") {
    const auto author = agent(Role::Agent, {"13"}, {core::uuidV4()});
    const auto draft = writeDraft(author, address(newStreet()));
    const auto path = kDrafts + "/" + draft.uuid;
    ask(author, "GET", path);
    ask(agent(Role::Agent, {"13"}), "GET", path);
    ask(author, "POST", path + "/validation", consents());
    const auto count = [&](const std::string& condition) {
        return one("SELECT count(*) FROM intake.acces WHERE signalement = '" + draft.uuid + "' AND " + condition);
    };
    const auto mine = "compte = '" + author.subject + "'";
    CHECK(count(mine + " AND operation = 'createSaisie'") == "1");
    CHECK(count(mine + " AND operation = 'saveEtape'") == "4");
    CHECK(count(mine + " AND operation = 'getSaisie' AND issue IS NULL") == "1");
    CHECK(count(mine + " AND operation = 'validerSaisie'") == "1");
    CHECK(count("compte <> '" + author.subject + "' AND operation = 'getSaisie' AND issue = 'brouillon_introuvable'") ==
          "1");
    const auto listing = ask(author, "GET", kDrafts);
    CHECK(listing.status == 200);
    CHECK(one("SELECT count(*) FROM intake.acces WHERE " + mine + " AND operation = 'listSaisies'") == "1");
}

TEST_CASE("D-96: an agent who may edit the draft sends a document for it, which the signalement then has") {
    const auto manager = agent(Role::ResponsableTerritoire, {"13"});
    const auto draft = writeDraft(manager, address(newStreet()));
    const auto sent = product::upload("signalement[documents]", "note.txt", "Le toit fuit.\n", "?brouillon=" + draft.uuid);
    INFO(sent.body);
    REQUIRE(sent.status == 200);
    const auto seen = ask(manager, "GET", kDrafts + "/" + draft.uuid).json().at("fichiers");
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].at("titre") == "note.txt");
    CHECK(ask(agent(Role::ResponsableTerritoire, {"13"}), "GET", kDrafts + "/" + draft.uuid).status == 404);
    REQUIRE(ask(manager, "POST", kDrafts + "/" + draft.uuid + "/validation", consents()).status == 201);
    CHECK(one("SELECT signalement FROM intake.fichiers WHERE cle = '" + sent.json().at("file").get<std::string>() + "'") ==
          draft.uuid);
}
