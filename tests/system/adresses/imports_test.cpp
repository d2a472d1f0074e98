// The tables of the directory, imported by the operator: seen by all, whole or not at all.
#include <thread>

#include <catch2/catch.hpp>

#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "tests/system/adresses/commande.hpp"

using namespace histologe;
using namespace histologe::adresses;
using product::waitFor;

namespace {

std::string communesLivrees() {
    return core::readFile(std::string(HISTOLOGE_SOURCE_DIR) + "/data/communes.csv");
}

// What the first screen of the form is told, polled until it is `attendu` (a label, or the territoire): what was
// imported travels by an event.
std::string ouvert(const std::string& cp, const std::string& insee, const std::string& attendu) {
    std::string dit;
    for (int i = 0; i < 100 && dit != attendu; ++i) {
        if (i > 0) std::this_thread::sleep_for(std::chrono::milliseconds(100));
        const auto reponse = product::request("GET", "/checkterritory?cp=" + cp + "&insee=" + insee).json();
        dit = reponse.value("territoryCode", reponse.value("label", ""));
    }
    return dit;
}

std::string versions() {
    return un("SELECT version FROM routing.annuaire_version");
}
std::string evenements() {
    return un("SELECT count(*) FROM routing.evenements WHERE type LIKE 'annuaire.%'");
}

bool contient(const std::string& texte, const std::string& morceau) {
    INFO(texte);
    CHECK(texte.find(morceau) != std::string::npos);
    return texte.find(morceau) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "communes: a dry run and a refused file change nothing; a whole file is seen by the form; again, nothing happens") {
    const auto bon = communesLivrees() + "13999,13999,Nouvelle-Ville\n";
    REQUIRE(ouvert("13999", "13999", "Erreur") == "Erreur");
    const auto version = versions();
    const auto essai = execute("import communes --file " + fichier(bon) + " --dry-run");
    CHECK(essai.code == 0);
    contient(essai.sortie, "35729 added");
    contient(essai.sortie, "nothing was written");
    CHECK(versions() == version);

    const auto rapport = fichier("");
    const auto refuse = execute(
        "import communes --file " +
        fichier(bon + "1300,13001,Trop Court\n13001,13001,\n13001,13ZZ1,Sans Code\n13002,13202,Autre Nom\n13001\n") +
        " --report " + rapport);
    CHECK(refuse.code == 1);
    contient(refuse.sortie, "Nothing was changed");
    const auto dit = core::readFile(rapport);
    contient(dit, "\"35732\";\"nom\";\"refus\";\"nom_invalide\"");
    contient(dit, "\"35733\";\"code_insee\";\"refus\";\"code_insee_invalide\"");
    contient(dit, "\"35734\";\"nom\";\"refus\";\"commune_en_double\"");
    contient(dit, "\"35735\";\"\";\"refus\";\"colonnes\"");
    CHECK(un("SELECT count(*) FROM routing.communes") == "0");

    const auto fait = execute("import communes --file " + fichier(bon));
    CHECK(fait.code == 0);
    CHECK(un("SELECT count(*) FROM routing.communes") == "35729");
    CHECK(ouvert("13999", "13999", "13") == "13");
    CHECK(ouvert("13002", "13202", "13") == "13");
    const auto apres = versions();
    const auto dits = evenements();
    const auto encore = execute("import communes --file " + fichier(bon));
    CHECK(encore.code == 0);
    contient(encore.sortie, "0 added, 0 changed, 0 gone, 35729 as they were");
    CHECK(versions() == apres);
    CHECK(evenements() == dits);
    // Parts of old versions do not pile up.
    CHECK(waitFor("SELECT count(DISTINCT version) FROM intake.communes_lots", "1") == "1");
}

TEST_CASE("a file that was cut changes nothing, wherever the cut is") {
    const auto avant = versions();
    const auto tout = communesLivrees();
    const auto milieu =
        execute("import communes --file " + fichier(tout.substr(0, tout.find('\n', tout.size() / 2) + 9)));
    CHECK(milieu.code == 1);
    contient(milieu.sortie, "coup");
    // Between two lines.
    const auto ligne =
        execute("import communes --file " + fichier(tout.substr(0, tout.rfind('\n', tout.size() / 2) + 1)));
    CHECK(ligne.code == 1);
    contient(ligne.sortie, "incomplet");
    CHECK(execute("import communes --file " + fichier("")).code == 1);
    CHECK(execute("import communes --file " + fichier("code_postal,code_insee\n13001,13201\n")).code == 1);
    CHECK(versions() == avant);
    CHECK(ouvert("13002", "13202", "13") == "13");
}

TEST_CASE(
    "D-48 a merged commune: the form takes both codes, keeps the new one, and old signalements are found by either") {
    auto charge = product::sample("step__validation_signalement__locataire.json");
    charge["adresse_logement_adresse"] = "3 Rue du Port 49530 Orée d'Anjou";
    charge["adresse_logement_adresse_detail_numero"] = "3 Rue du Port";
    charge["adresse_logement_adresse_detail_code_postal"] = "49530";
    charge["adresse_logement_adresse_detail_commune"] = "Orée d'Anjou";
    charge["adresse_logement_adresse_detail_insee"] = "49069";
    const auto depose = [](const core::Json& reponses) {
        const auto brouillon = product::beginDraft(reponses);
        const auto reponse = product::submit(brouillon, reponses);
        INFO(reponse.body);
        REQUIRE(reponse.status == 200);
        return brouillon;
    };
    // The town hall is in charge of the commune by its old code, and nobody tells the directory otherwise.
    const auto mairie = core::uuidV4();
    const core::Json annuaire = {
        {"partenaires",
         {{{"id", mairie},
           {"territoire", "49"},
           {"nom", "Mairie"},
           {"type", "COMMUNE_SCHS"},
           {"communes", {"49069"}}}}},
        {"regles", {{{"id", core::uuidV4()}, {"territoire", "49"}, {"typePartenaire", "COMMUNE_SCHS"}}}}};
    REQUIRE(execute("load annuaire " + fichier(core::dumpJson(annuaire))).code == 0);
    const auto affectes = [&] {
        return "SELECT count(*) FROM routing.affectations WHERE partenaire = '" + mairie + "'";
    };
    const auto ancien = depose(charge);
    CHECK(waitFor(affectes(), "1") == "1");
    const auto inseeDe = [](const std::string& brouillon) {
        return un("SELECT contenu->'adresse'->>'codeInsee' FROM intake.signalements WHERE brouillon = '" + brouillon +
                  "'");
    };
    CHECK(inseeDe(ancien) == "49069");
    CHECK(ouvert("49530", "49126", "Erreur") == "Erreur");

    // New code, new name, old code; leading zeros may be gone. Some keep their code and change their name.
    const auto fusions = fichier(
        "DepComN,NomCN,DepComA,NomCA\n49126,Orée-d'Anjou,49069,Orée "
        "d'Anjou\n1001,L'Abergement,1001,L'Abergement-Clémenciat\n");
    const auto fait = execute("import communes-fusionnees --file " + fusions);
    CHECK(fait.code == 0);
    contient(fait.sortie, "1 added, 1 changed");
    CHECK(ouvert("49530", "49126", "49") == "49");
    CHECK(ouvert("49530", "49069", "49") == "49");
    CHECK(un("SELECT nom FROM routing.communes WHERE code_insee = '01001'") == "L'Abergement");

    // Routing looks at the directory's version once a second.
    std::this_thread::sleep_for(std::chrono::milliseconds(1100));
    for (const auto* code : {"49069", "49126"}) {
        auto reponses = charge;
        reponses["adresse_logement_adresse_detail_insee"] = code;
        const auto connu = product::request("POST", "/signalement-draft/check", core::dumpJson(reponses)).json();
        CHECK(connu.at("already_exists") == true);
        CHECK(connu.value("type", "") == "signalement");
        reponses["vos_coordonnees_occupant_email"] = std::string("autre") + code + "@example.org";
        CHECK(inseeDe(depose(reponses)) == "49126");
    }
    CHECK(waitFor(affectes(), "3") == "3");
    CHECK(un("SELECT count(DISTINCT cle_adresse) FROM intake.signalements WHERE territoire = '49'") == "1");

    const auto version = versions();
    CHECK(execute("import communes-fusionnees --file " + fusions).code == 0);
    CHECK(versions() == version);
    // Two that become each other are refused.
    const auto rond = execute("import communes-fusionnees --file " + fichier("a,b,c\n01002,B,01004\n01004,A,01002\n"));
    CHECK(rond.code == 1);
    contient(rond.sortie, "tournent en rond");
    CHECK(versions() == version);
}

TEST_CASE(
    "EPCI: their communes are those of the file, each in one; partners that name one that is gone keep it, empty") {
    un("INSERT INTO routing.epcis (id, contenu) VALUES ('299999999', '{\"code\": \"299999999\", \"nom\": \"Ancien\", "
       "\"communes\": "
       "[\"13005\"]}') RETURNING 1");
    const auto refuse =
        execute("import epci --file " +
                fichier("code_epci,nom_epci,code_insee\n200000001,Un,13001\n200000002,Deux,13001\n12,Court,13002\n"));
    CHECK(refuse.code == 1);
    contient(refuse.sortie, "line 3");
    contient(refuse.sortie, "line 4");
    CHECK(un("SELECT count(*) FROM routing.epcis WHERE id LIKE '20000000%'") == "0");
    const auto bon = fichier(
        "code_epci;nom_epci;code_insee\n200000001;\"Terres; du Sud\";13002\n200000001;\"Terres; du "
        "Sud\";13001\n200000002;Deux;2A004\n");
    const auto version = versions();
    // Most of the EPCI of today are not in this file.
    const auto partiel = execute("import epci --file " + bon);
    CHECK(partiel.code == 1);
    contient(partiel.sortie, "incomplet");
    const auto essai = execute("import epci --accept-removals --file " + bon + " --dry-run");
    CHECK(essai.code == 0);
    CHECK(versions() == version);
    CHECK(execute("import epci --accept-removals --file " + bon).code == 0);
    CHECK(versions() != version);
    CHECK(un("SELECT contenu->>'communes' FROM routing.epcis WHERE id = '200000001'") == "[\"13001\", \"13002\"]");
    CHECK(un("SELECT contenu->>'communes' FROM routing.epcis WHERE id = '299999999'") == "[]");
    const auto apres = versions();
    CHECK(execute("import epci --file " + bon).code == 0);
    CHECK(versions() == apres);
}

TEST_CASE("territoires: opened, closed and narrowed by a file; a line that is wrong leaves all of them as they were") {
    REQUIRE(ouvert("75001", "75101", "Avertissement") == "Avertissement");
    REQUIRE(ouvert("13002", "13202", "13") == "13");
    const std::string entete = "code,nom,actif,fuseau,communes_autorisees\n";
    const auto refuse =
        execute("import territoires --file " +
                fichier(entete + "75,Paris,oui,Europe/Paris,\n64,Pyrénées-Atlantiques,peut-être,Europe/Pau,64445 "
                                 "64X\n75,Paris,oui,Europe/Paris,\n"));
    CHECK(refuse.code == 1);
    for (const auto* raison : {"line 3, actif", "line 3, fuseau", "line 3, communes_autorisees", "line 4, code"})
        contient(refuse.sortie, raison);
    CHECK(ouvert("75001", "75101", "Avertissement") == "Avertissement");

    const auto bon = fichier(entete + "75,Paris,oui,Europe/Paris,75101 75102\n2B,Haute-Corse,non,Europe/Paris,\n");
    const auto fait = execute("import territoires --file " + bon);
    CHECK(fait.code == 0);
    contient(fait.sortie, "0 added, 2 changed");
    CHECK(ouvert("75001", "75101", "75") == "75");
    CHECK(ouvert("75003", "75103", "Avertissement") == "Avertissement");
    CHECK(ouvert("20200", "2B033", "Avertissement") == "Avertissement");
    // What the file has no column for stays.
    CHECK(un("SELECT contenu->'emprise' IS NOT NULL AND contenu->>'emprise' <> 'null' FROM routing.territoires WHERE "
             "code = '75'") == "t");
    const auto dits = evenements();
    CHECK(execute("import territoires --file " + bon).code == 0);
    CHECK(evenements() == dits);
    CHECK(execute("import territoires --file " +
                  fichier(entete + "75,Paris,non,Europe/Paris,\n2B,Haute-Corse,oui,Europe/Paris,\n"))
              .code == 0);
    CHECK(ouvert("75001", "75101", "Avertissement") == "Avertissement");
    CHECK(ouvert("20200", "2B033", "2B") == "2B");
}

TEST_CASE("an import that is killed changes nothing, and goes through when it is started again") {
    const auto file = fichier(communesLivrees() + "13998,13998,Une Autre\n");
    const auto avant = versions();
    const auto total = un("SELECT count(*) FROM routing.communes");
    for (const auto* apres : {"0.02", "0.1", "0.3"}) {
        const auto tuee = execute(std::string("import communes --file ") + file + " & PID=\\$!; sleep " + apres +
                                  "; kill -9 \\$PID 2>/dev/null; wait \\$PID");
        if (tuee.code == 0) break;  // it was done already
        // The server may still be ending what the killed program had asked for: what is seen before is no verdict.
        bool tout = false;
        bool rien = false;
        for (int essai = 0; essai < 100 && rien == tout; ++essai) {
            if (essai > 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
            tout = un("SELECT count(*) FROM routing.communes WHERE code_insee = '13998'") == "1";
            rien = versions() == avant && un("SELECT count(*) FROM routing.communes") == total;
        }
        CHECK(rien != tout);
        if (tout) break;
    }
    CHECK(execute("import communes --file " + file).code == 0);
    CHECK(ouvert("13998", "13998", "13") == "13");
}

TEST_CASE("D-52: a directory with a zone that is no polygon is refused when it is saved, by its place and with the reason") {
    const auto avant = un("SELECT count(*) FROM routing.zones");
    const auto zone = [](const std::string& id, const std::string& wkt) {
        return core::Json{{"id", id}, {"territoire", "13"}, {"nom", id}, {"type", "AUTRE"}, {"wkt", wkt}};
    };
    const auto charge = execute("load annuaire " +
                                fichier(core::dumpJson({{"zones",
                                                         {zone("z-bonne", "POLYGON ((5 43, 6 43, 6 44, 5 44, 5 43))"),
                                                          zone("z-coupee", "POLYGON((5.3 43.2, 5.4")}}})));
    CHECK(charge.code != 0);
    contient(charge.sortie, "zones.1.wkt: ");
    CHECK(un("SELECT count(*) FROM routing.zones") == avant);
}
