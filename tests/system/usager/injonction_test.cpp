// How a signalement begins by the accelerated procedure (injonction), and when it does not.
#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/adresses/commande.hpp"
#include "tests/system/usager/usager.hpp"

using namespace histologe;
using namespace histologe::usager;
using core::Json;

namespace {

Json listOfTerritoires() {
    return product::request("GET", "/public/api/demarche-acceleree").json().at("territoires");
}

// The Gard proposes the procedure, or does not any more.
void propose(bool isProposed) {
    const std::string word = isProposed ? "oui" : "non";
    const auto done = adresses::execute("import territoires --file " +
                                        adresses::fichier("code,nom,actif,fuseau,demarche_acceleree\n"
                                                          "30,Gard,oui,Europe/Paris," +
                                                          word + "\n"));
    INFO(done.sortie);
    REQUIRE(done.code == 0);
    const auto wanted = isProposed ? Json::array({"30"}) : Json::array();
    REQUIRE(waitFor("SELECT count(*) FROM intake.territoires WHERE code = '30' AND (contenu->>'demarcheAcceleree' = "
                    "'true') = " +
                        std::string(isProposed ? "true" : "false"),
                    "1") == "1");
    for (int tries = 0; listOfTerritoires() != wanted && tries < 100; ++tries) waitFor("SELECT pg_sleep(0.05)", "");
    REQUIRE(listOfTerritoires() == wanted);
}

struct Filed {
    std::string uuid;
    std::string reference;
    std::string statut;
    std::string courriel;
    std::string bailleur;
};

// A tenant of Vézénobres who asks for the procedure; `change` edits the answers.
Filed file(const std::function<void(Json&)>& change = {}) {
    auto payload = product::sample("locataire_injonction.json");
    Filed filed;
    const auto name = core::randomHex(6);
    filed.courriel = "ludivine-" + name + "@example.org";
    filed.bailleur = "bailleur-" + name + "@example.org";
    payload["vos_coordonnees_occupant_email"] = filed.courriel;
    payload["coordonnees_bailleur_email"] = filed.bailleur;
    if (change) change(payload);
    const auto draft = product::beginDraft(payload);
    const auto answer = product::submit(draft, payload);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    filed.reference = answer.json().at("signalementReference").get<std::string>();
    filed.statut = answer.json().at("signalementStatus").get<std::string>();
    filed.uuid = one("SELECT uuid FROM intake.signalements WHERE brouillon = '" + draft + "'");
    return filed;
}

std::string of(const Filed& filed, const std::string& expression, const std::string& table, const std::string& wanted) {
    return waitFor("SELECT " + expression + " FROM " + table + " WHERE signalement = '" + filed.uuid + "'", wanted);
}

std::string mailsOf(const Filed& filed, const std::string& type, const std::string& address) {
    return waitFor("SELECT count(*) FROM notification.courriels WHERE signalement = '" + filed.uuid + "' AND type = '" +
                       type + "' AND destinataire = '" + address + "'",
                   "1");
}

}  // namespace

TEST_CASE("the procedure is proposed where a territoire says so, and nowhere at first") {
    CHECK(listOfTerritoires() == Json::array());
    CHECK(file().statut == "NEED_VALIDATION");
    propose(true);
    propose(false);
    CHECK(file().statut == "NEED_VALIDATION");
}

TEST_CASE("D-57: an injonction has a national number, its landlord is written to, and no partner before a definitive reference") {
    propose(true);
    const auto filed = file();
    CHECK(filed.statut == "INJONCTION_BAILLEUR");
    CHECK(filed.reference.substr(0, 4) == "INJ-");
    CHECK(one("SELECT numero IS NULL FROM intake.signalements WHERE uuid = '" + filed.uuid + "'") == "t");
    CHECK(of(filed, "reference || ' ' || statut", "routing.dossiers", filed.reference + " INJONCTION_BAILLEUR") ==
          filed.reference + " INJONCTION_BAILLEUR");
    CHECK(of(filed, "string_agg(categorie || visible_usager, ',')", "routing.suivis", "SIGNALEMENT_IS_INJONCTIONfalse") ==
          "SIGNALEMENT_IS_INJONCTIONfalse");
    CHECK(mailsOf(filed, "CONFIRM_INJONCTION_TO_USAGER", filed.courriel) == "1");
    CHECK(mailsOf(filed, "CONFIRM_INJONCTION_TO_BAILLEUR", filed.bailleur) == "1");
    // It is scored, and goes to no partner all the same.
    CHECK(of(filed, "evalue_le IS NOT NULL AND oriente_le IS NULL", "routing.dossiers", "t") == "t");
    CHECK(one("SELECT count(*) FROM routing.affectations WHERE signalement = '" + filed.uuid + "'") == "0");
    CHECK(one("SELECT count(*) FROM notification.courriels WHERE signalement = '" + filed.uuid + "'") == "2");
    CHECK(of(filed, "coalesce(reference, 'none') || statut", "statistics.dossiers", "noneINJONCTION_BAILLEUR") ==
          "noneINJONCTION_BAILLEUR");

    // The code that he is written opens his space.
    const auto code = one("SELECT personnel->>'codeBailleur' FROM intake.evenements WHERE sujet = '" + filed.uuid +
                          "' AND type = 'signalement.depose'");
    const auto door = product::request("POST", "/espace-bailleur/acces",
                                       core::dumpJson({{"reference", filed.reference}, {"code", code}}));
    INFO(door.body);
    REQUIRE(door.status == 200);

    // Refused, it becomes an ordinary procedure, with a number of the territoire and its partners.
    const auto refusal = ask(door.json().at("jeton"), "POST", "/espace-bailleur/reponse",
                             {{"reponse", "NON"}, {"commentaire", "Je ne ferai rien de tout cela."}});
    INFO(refusal.body);
    REQUIRE(refusal.status == 201);
    CHECK(of(filed, "count(*) > 0", "routing.affectations", "t") == "t");
    CHECK(one("SELECT numero IS NOT NULL FROM intake.signalements WHERE uuid = '" + filed.uuid + "'") == "t");
    CHECK(one("SELECT count(*) FROM routing.evenements WHERE sujet = '" + filed.uuid +
              "' AND type = 'affectation.creee' AND donnees->>'reference' LIKE 'INJ-%'") == "0");
    propose(false);
}

TEST_CASE("a landlord who has no mail is written to by post: the procedure begins, his code is kept") {
    propose(true);
    const auto filed = file([](Json& payload) { payload["coordonnees_bailleur_email"] = nullptr; });
    CHECK(filed.statut == "INJONCTION_BAILLEUR");
    CHECK(mailsOf(filed, "CONFIRM_INJONCTION_TO_USAGER", filed.courriel) == "1");
    CHECK(one("SELECT count(*) FROM notification.courriels WHERE signalement = '" + filed.uuid + "'") == "1");
    CHECK(one("SELECT length(code_bailleur) FROM intake.signalements WHERE uuid = '" + filed.uuid + "'") == "19");
    propose(false);
}

TEST_CASE("what calls for an authority, and whoever has not the choice, goes the ordinary way") {
    propose(true);
    const auto statut = [](const std::function<void(Json&)>& change) { return file(change).statut; };
    CHECK(statut([](Json& p) { p["injonction_bailleur_choice"] = "non"; }) == "NEED_VALIDATION");
    CHECK(statut([](Json& p) { p.erase("injonction_bailleur_choice"); }) == "NEED_VALIDATION");
    CHECK(statut([](Json& p) { p["signalement_concerne_logement_social_autre_tiers"] = "oui"; }) == "NEED_VALIDATION");
    CHECK(statut([](Json& p) { p["info_procedure_bailleur_prevenu"] = "non"; }) == "NEED_VALIDATION");
    CHECK(statut([](Json& p) {
              p["coordonnees_bailleur_email"] = nullptr;
              p["coordonnees_bailleur_adresse_detail_numero"] = nullptr;
          }) == "NEED_VALIDATION");
    // Danger, then insalubrité by itself, then a score above 10.
    CHECK(statut([](Json& p) { p["desordres_logement_electricite_pas_compteur"] = 1; }) == "NEED_VALIDATION");
    CHECK(statut([](Json& p) { p["type_logement_sous_comble_sans_fenetre"] = "oui"; }) == "NEED_VALIDATION");
    CHECK(statut([](Json& p) {
              p["categorieDisorders"]["batiment"].push_back("desordres_batiment_maintenance");
              p["categorieDisorders"]["batiment"].push_back("desordres_batiment_eau");
              for (const char* box : {"maintenance_ascenseur", "eau_pas_eau_potable", "eau_evacuation_KO",
                                      "eau_pas_eau_chaude", "proprete_facades", "proprete_local_poubelles"})
                  p["desordres_batiment_" + std::string(box)] = 1;
          }) == "NEED_VALIDATION");
    propose(false);
}

TEST_CASE("twenty at once have twenty numbers that follow, and one draft sent twenty times has one") {
    propose(true);
    std::vector<Filed> filed(20);
    atOnce(20, [&](std::size_t i) {
        filed[i] = file();
        return Answer();
    });
    std::set<int> numbers;
    for (const auto& one : filed) numbers.insert(std::stoi(one.reference.substr(4)));
    CHECK(numbers.size() == 20);
    CHECK(*numbers.rbegin() - *numbers.begin() == 19);
    CHECK(*numbers.begin() >= 2363);

    auto payload = product::sample("locataire_injonction.json");
    payload["vos_coordonnees_occupant_email"] = "une-" + core::randomHex(6) + "@example.org";
    const auto draft = product::beginDraft(payload);
    const auto answers = atOnce(20, [&](std::size_t) { return product::submit(draft, payload); });
    CHECK(countOf(answers, 200) == 20);
    for (const auto& answer : answers) CHECK(answer.json() == answers.front().json());
    propose(false);
}
