// Auto-affectation rules, edited over HTTP and heard at once.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/system/annuaire/annuaire.hpp"

using namespace histologe;
using namespace histologe::annuaire;

namespace {

std::string chemin(const Json& fiche) {
    return "/regles/" + fiche.at("id").get<std::string>();
}

// The partners to which a new signalement of Marseille (13202) goes, by name, as text.
std::string orienteVers(const std::string& nom) {
    const auto uuid = agents::declared();
    REQUIRE(product::waitFor("SELECT oriente_le IS NOT NULL FROM routing.dossiers WHERE signalement = '" + uuid + "'",
                             "t") == "t");
    return one(
        "SELECT count(*) FROM routing.affectations a JOIN routing.partenaires p ON p.id = a.partenaire WHERE "
        "a.signalement = '" +
        uuid + "' AND p.contenu->>'nom' = '" + nom + "'");
}

}  // namespace

TEST_CASE("the next signalement is routed by the rules, partners and zones of now") {
    const auto nom = nomNeuf("Tribunal");
    const auto partenaire = cree("/partenaires", {{"nom", nom}, {"type", "TRIBUNAL"}, {"territoire", "13"}});
    const auto la = "/partenaires/" + partenaire.at("id").get<std::string>();
    CHECK(orienteVers(nom) == "0");
    const auto regle = cree("/regles", {{"territoire", "13"}, {"typePartenaire", "TRIBUNAL"}});
    CHECK(regle.at("etat") == "ACTIVE");
    CHECK(orienteVers(nom) == "1");
    REQUIRE(modifier(chemin(regle), {{"communesExclues", Json::array({"13202"})}}).status == 200);
    CHECK(orienteVers(nom) == "0");
    REQUIRE(modifier(chemin(regle), {{"communesExclues", nullptr}}).status == 200);
    CHECK(orienteVers(nom) == "1");
    REQUIRE(modifier(la, {{"communes", Json::array({"13001"})}}).status == 200);
    CHECK(orienteVers(nom) == "0");
    REQUIRE(modifier(la, {{"communes", Json::array()}}).status == 200);
    const auto zone = cree("/zones", {{"nom", nomNeuf("Exclue")},
                                      {"type", "AUTRE"},
                                      {"territoire", "13"},
                                      {"wkt", carre(5.37, 43.3, 0.3)},
                                      {"partenairesExclus", Json::array({partenaire.at("id")})}});
    CHECK(orienteVers(nom) == "0");
    REQUIRE(modifier("/zones/" + zone.at("id").get<std::string>(), {{"partenairesExclus", Json::array()}}).status ==
            200);
    CHECK(orienteVers(nom) == "1");
    REQUIRE(archiver(chemin(regle)).status == 200);
    CHECK(orienteVers(nom) == "0");
    CHECK(lire(chemin(regle)).json().at("etat") == "ARCHIVED");
    REQUIRE(modifier(chemin(regle), {{"active", true}}).status == 200);
    CHECK(orienteVers(nom) == "1");
    // A partner with dossiers in hand stays.
    CHECK(archiver(la).json().at("code") == "affectations_ouvertes");
    CHECK(modifier(la, {{"territoire", "34"}}).json().at("code") == "affectations_ouvertes");
    CHECK(archiver(chemin(regle)).status == 200);
}

TEST_CASE("D-53: a rule with sixty communes is saved") {
    auto communes = Json::array();
    for (int i = 0; i < 60; ++i) communes.push_back("34" + std::to_string(101 + i));
    const auto regle =
        cree("/regles", {{"territoire", "34"}, {"typePartenaire", "DDETS"}, {"communesIncluses", communes}});
    CHECK(regle.at("communesIncluses").size() == 60);
    CHECK(lire(chemin(regle)).json().at("communesIncluses") == communes);
    CHECK(archiver(chemin(regle)).status == 200);
}

TEST_CASE("D-54: a rule without a list of excluded partners is one with an empty list") {
    const auto nulle = cree(
        "/regles",
        {{"territoire", "34"}, {"typePartenaire", "DDETS"}, {"partenairesExclus", nullptr}, {"procedures", nullptr}});
    CHECK(nulle.at("partenairesExclus") == Json::array());
    CHECK(nulle.at("procedures") == Json::array());
    CHECK(archiver(chemin(nulle)).status == 200);
}

TEST_CASE("a rule is normalised, and what it may not say is refused") {
    const auto partenaire =
        cree("/partenaires", {{"nom", nomNeuf("De la règle")}, {"type", "CCAS"}, {"territoire", "2A"}});
    const auto corse = cree("/regles", {{"territoire", "2A"},
                                        {"typePartenaire", "CCAS"},
                                        {"communesIncluses", {" 2a004 ", "2A004"}},
                                        {"partenairesExclus", Json::array({partenaire.at("id")})}});
    CHECK(corse.at("communesIncluses") == Json::array({"2A004"}));
    CHECK(corse.at("profil") == "all");
    CHECK(archiver(chemin(corse)).status == 200);
    const struct {
        Json champs;
        const char* refus;
    } cas[] = {{{{"communesIncluses", Json::array({"75056"})}}, "communesIncluses:commune_hors_territoire"},
               {{{"communesExclues", Json::array({"340"})}}, "communesExclues:code_insee_invalide"},
               {{{"partenairesExclus", Json::array({"personne"})}}, "partenairesExclus:partenaire_inconnu"},
               {{{"partenairesExclus", Json::array({partenaire.at("id")})}}, "partenairesExclus:partenaire_inconnu"},
               {{{"territoire", "2A"}, {"partenairesExclus", Json::array({partenaire.at("id")})}},
                "partenairesExclus:partenaire_d_un_autre_type"},
               {{{"territoire", "99"}}, "territoire:territoire_inconnu"}};
    for (const auto& un : cas) {
        Json corps = {{"territoire", "34"}, {"typePartenaire", "ADIL"}};
        corps.update(un.champs);
        const auto answer = creer("/regles", corps);
        INFO(un.champs.dump() << " " << answer.body);
        CHECK(refus(answer) == un.refus);
    }
    for (const Json& champs :
         {Json{{"profil", "Locataire"}}, Json{{"parc", "tous"}}, Json{{"procedures", Json::array({"VISITES"})}},
          Json{{"typePartenaire", nullptr}}, Json{{"inconnu", 1}}}) {
        Json corps = {{"territoire", "34"}, {"typePartenaire", "ADIL"}};
        corps.update(champs);
        CHECK(creer("/regles", corps).status == 400);
    }
}

TEST_CASE("two active rules never say the same, whoever sends them") {
    const Json corps = {{"territoire", "44"}, {"typePartenaire", "CONCILIATEURS"}, {"parc", "public"}};
    const auto statuts = ensemble(20, [&](int) { return creer("/regles", corps); });
    CHECK(std::count(statuts.begin(), statuts.end(), 201) == 1);
    CHECK(std::count(statuts.begin(), statuts.end(), 409) == 19);
    const auto seule = lire("/regles?territoire=44&type=CONCILIATEURS").json().at("regles");
    REQUIRE(seule.size() == 1);
    const auto version = seule[0].at("etag").get<std::string>();
    const char* allocataires[] = {"oui", "non", "caf", "msa", "nsp"};
    const auto edits = ensemble(20, [&](int i) {
        return modifier(chemin(seule[0]), {{"allocataire", allocataires[i % 5]}}, superAdmin(), version);
    });
    CHECK(std::count(edits.begin(), edits.end(), 200) == 1);
    CHECK(std::count(edits.begin(), edits.end(), 412) == 19);
    CHECK(archiver(chemin(seule[0])).status == 200);
}

TEST_CASE("rules are written by super admins, read by the managers of their territory, hidden from all others") {
    const auto regle = cree("/regles", {{"territoire", "59"}, {"typePartenaire", "PREFECTURE"}});
    CHECK(lire(chemin(regle), responsable("59")).status == 200);
    CHECK(lire(chemin(regle) + "/historique", responsable("59")).status == 200);
    CHECK(lire(chemin(regle), responsable("34")).status == 404);
    CHECK(lire("/regles?territoire=59", responsable("34")).json().at("regles").empty());
    CHECK(creer("/regles", {{"territoire", "59"}, {"typePartenaire", "CCAS"}}, responsable("59")).status == 403);
    CHECK(modifier(chemin(regle), {{"parc", "prive"}}, responsable("59")).status == 403);
    CHECK(archiver(chemin(regle), responsable("59")).status == 403);
    for (const auto role : {auth::Role::AdminPartenaire, auth::Role::Agent, auth::Role::Api}) {
        CHECK(lire("/regles", jetonDe(role, {"59"}, {"x"})).status == 403);
    }
    CHECK(product::request("GET", "/regles").status == 401);
    CHECK(archiver(chemin(regle)).status == 200);
}

TEST_CASE("P-055: a rule that cannot be read is switched off and reported, the others go on") {
    const auto nom = nomNeuf("Préfecture");
    cree("/partenaires", {{"nom", nom}, {"type", "PREFECTURE"}, {"territoire", "13"}});
    environment::Sql(product::platform().superuserUrl())
        .run(
            "INSERT INTO routing.regles (id, contenu) VALUES ('regle-cassee', '{\"territoire\": \"13\", "
            "\"typePartenaire\": \"MAIRIE\"}'), "
            "('regle-vide', '{\"active\": \"oui\"}')");
    const auto regle = cree("/regles", {{"territoire", "13"}, {"typePartenaire", "PREFECTURE"}});
    CHECK(orienteVers(nom) == "1");
    const auto cassee = lire("/regles/regle-cassee", responsable("13")).json();
    CHECK(cassee.at("etat") == "EN_PANNE");
    CHECK(cassee.at("panne").at("raison").get<std::string>().find("typePartenaire") == 0);
    CHECK(lire("/regles/regle-vide").json().at("etat") == "EN_PANNE");
    CHECK(lire("/regles?territoire=13&limite=100").body.find("EN_PANNE") != std::string::npos);
    // Put right, it works.
    const auto remise = modifier("/regles/regle-cassee", {{"typePartenaire", "CONCILIATEURS"}});
    INFO(remise.body);
    REQUIRE(remise.status == 200);
    CHECK(remise.json().at("etat") == "ACTIVE");
    CHECK(lire("/regles/regle-cassee").json().at("panne") == nullptr);
    environment::Sql(product::platform().superuserUrl())
        .run("DELETE FROM routing.regles WHERE id IN ('regle-cassee', 'regle-vide')");
    CHECK(archiver(chemin(regle)).status == 200);
}

TEST_CASE("P-056: a rule that names what does not exist stays active, and the others apply") {
    const auto nom = nomNeuf("Ccas");
    const auto partenaire = cree("/partenaires", {{"nom", nom}, {"type", "TRIBUNAL"}, {"territoire", "13"}});
    environment::Sql(product::platform().superuserUrl())
        .run(
            "INSERT INTO routing.regles (id, contenu) VALUES ('regle-perdue', '{\"territoire\": \"13\", "
            "\"typePartenaire\": \"TRIBUNAL\", "
            "\"partenairesExclus\": [\"personne\"]}')");
    // Moves the version on, as an edit would.
    const auto regle = cree("/regles", {{"territoire", "13"}, {"typePartenaire", "CONCILIATEURS"}});
    CHECK(orienteVers(nom) == "1");
    CHECK(lire("/regles/regle-perdue").json().at("etat") == "ACTIVE");
    environment::Sql(product::platform().superuserUrl()).run("DELETE FROM routing.regles WHERE id = 'regle-perdue'");
    CHECK(archiver(chemin(regle)).status == 200);
}

TEST_CASE("P-054: of two rules for one partner the first gives it the dossier, once") {
    const auto nom = nomNeuf("Tribunal");
    const auto partenaire = cree("/partenaires", {{"nom", nom}, {"type", "TRIBUNAL"}, {"territoire", "13"}});
    const auto premiere = cree("/regles", {{"territoire", "13"}, {"typePartenaire", "TRIBUNAL"}, {"parc", "prive"}});
    const auto seconde =
        cree("/regles", {{"territoire", "13"}, {"typePartenaire", "TRIBUNAL"}, {"profil", "LOCATAIRE"}});
    CHECK(orienteVers(nom) == "1");
    const Json faits = {{"codeInsee", "13202"},
                        {"longitude", 5.37},
                        {"latitude", 43.3},
                        {"logementSocial", false},
                        {"profil", "LOCATAIRE"}};
    const auto dit = comptes::avec("POST", "/regles/simulation", {{"faits", faits}}, superAdmin()).json();
    int fois = 0;
    for (const auto& un : dit.at("retenus")) fois += un.at("id") == partenaire.at("id") ? 1 : 0;
    CHECK(fois == 1);
    for (const auto& un : dit.at("partenaires")) {
        if (un.at("id") == partenaire.at("id")) CHECK(un.at("regle") == premiere.at("id"));
    }
    CHECK(archiver(chemin(premiere)).status == 200);
    CHECK(archiver(chemin(seconde)).status == 200);
}
