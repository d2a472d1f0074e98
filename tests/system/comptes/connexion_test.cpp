// Signing in and out over HTTP, on the whole platform.
#include <catch2/catch.hpp>

#include <httplib.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"
#include "tests/system/comptes/comptes.hpp"

using namespace histologe;
using namespace histologe::comptes;
using core::Json;

namespace {

double milliseconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// What disturbs a measure from outside only ever makes it longer.
double shortest(const std::vector<double>& values) {
    return *std::min_element(values.begin(), values.end());
}

}  // namespace

TEST_CASE("an account is opened by the link of a mail, and signs in") {
    oublierEchecs();
    const auto partenaire = partenaireDe("13");
    const auto compte = ferme("agent", {partenaire});
    CHECK(entrer(compte.courriel, kMotDePasse).status == 401);

    // The mail leaves with the link, and what carried the secret is emptied once it is sent.
    CHECK(product::waitFor("SELECT etat FROM notification.courriels WHERE destinataire = '" + compte.courriel + "'",
                           "ENVOYE") == "ENVOYE");
    CHECK(one("SELECT type || ' ' || variables::text FROM notification.courriels WHERE destinataire = '" +
              compte.courriel + "'") == "ACCOUNT_ACTIVATION_FROM_BO {}");
    const auto lien = secretDuCourriel(compte.id, "ACCOUNT_ACTIVATION_FROM_BO");
    CHECK(one("SELECT count(*) FROM routing.comptes_liens WHERE empreinte = '" + lien + "'") == "0");

    // P-035 to P-038: unknown 404, good 200, used 410.
    CHECK(get("/liens-compte/" + std::string(64, 'f'), "").status == 404);
    const auto vu = get("/liens-compte/" + lien, "");
    CHECK(vu.status == 200);
    CHECK(vu.json() == Json{{"usage", "activation"}});
    const auto faible = avec("PUT", "/liens-compte/" + lien, {{"motDePasse", "Motdepasse123!"}}, "");
    CHECK(faible.status == 400);
    CHECK(faible.json().at("violations").at(0).at("code") == "mot_de_passe_courant");
    CHECK(faible.body.find("Motdepasse123!") == std::string::npos);
    CHECK(avec("PUT", "/liens-compte/" + lien, {{"motDePasse", kMotDePasse}}, "").status == 204);
    CHECK(avec("PUT", "/liens-compte/" + lien, {{"motDePasse", kMotDePasse}}, "").status == 410);
    CHECK(get("/liens-compte/" + lien, "").status == 410);

    const auto entree = entrer(compte.courriel, kMotDePasse);
    REQUIRE(entree.status == 200);
    CHECK(entree.header("Cache-Control") == "no-store");
    const auto json = entree.json();
    CHECK(json.at("expireDans") == 600);
    CHECK(json.at("compte").at("role") == "agent");
    CHECK(json.at("compte").at("territoires") == Json::array({"13"}));
    CHECK(json.at("compte").at("partenaires").at(0).at("id") == partenaire);
    // D-94
    CHECK(one("SELECT derniere_connexion_le IS NOT NULL FROM routing.comptes WHERE id = '" + compte.id + "'") == "t");
    const auto jeton = json.at("jetonAcces").get<std::string>();
    CHECK(get("/moi", jeton).json().at("id") == compte.id);
    // The token opens other services too.
    CHECK(get("/agents/brouillons", jeton).status == 200);
    CHECK(entrer(" " + compte.courriel + " ", kMotDePasse).status == 200);
    std::string capitales = compte.courriel;
    std::transform(capitales.begin(), capitales.end(), capitales.begin(), ::toupper);
    CHECK(entrer(capitales, kMotDePasse).status == 200);
}

TEST_CASE("P-036, P-045: a link is for one day and for one use, also when two come at once") {
    const auto compte = ferme("agent", {partenaireDe("13")});
    const auto lien = secretDuCourriel(compte.id, "ACCOUNT_ACTIVATION_FROM_BO");
    environment::Sql sql(product::platform().superuserUrl());
    sql.rows("UPDATE routing.comptes_liens SET expire_le = now() - interval '1 second' WHERE compte = $1", {compte.id});
    CHECK(get("/liens-compte/" + lien, "").json().at("code") == "lien_perime");
    CHECK(avec("PUT", "/liens-compte/" + lien, {{"motDePasse", kMotDePasse}}, "").status == 410);

    // A new one takes its place; of those before it none opens anything.
    CHECK(post("/liens-compte", {{"courriel", compte.courriel}}).status == 202);
    CHECK(post("/liens-compte", {{"courriel", compte.courriel}}).status == 202);
    const auto dernier = secretDuCourriel(compte.id, "ACCOUNT_ACTIVATION_FROM_FO");
    CHECK(one("SELECT count(*) FROM routing.comptes_liens WHERE compte = '" + compte.id + "' AND expire_le > now()") ==
          "1");
    std::vector<int> statuts(4);
    std::vector<std::thread> fils;
    for (auto& statut : statuts) {
        fils.emplace_back([&statut, &dernier] {
            statut = avec("PUT", "/liens-compte/" + dernier, {{"motDePasse", kMotDePasse}}, "").status;
        });
    }
    for (auto& fil : fils) fil.join();
    CHECK(std::count(statuts.begin(), statuts.end(), 204) == 1);
    CHECK(std::count(statuts.begin(), statuts.end(), 410) == 3);
}

TEST_CASE("P-046, D-95: who asks for a link learns nothing, and the mail goes to the one account of the address") {
    const auto compte = ouvert("agent", {partenaireDe("13")});
    const auto connu = post("/liens-compte", {{"courriel", compte.courriel}});
    const auto inconnu = post("/liens-compte", {{"courriel", "personne-" + core::randomHex(4) + "@exemple.fr"}});
    CHECK(connu.status == 202);
    CHECK(inconnu.status == 202);
    CHECK(connu.body == inconnu.body);
    const auto lien = secretDuCourriel(compte.id, "LOST_PASSWORD");
    CHECK(get("/liens-compte/" + lien, "").json().at("usage") == "reinitialisation");
    // A second account on the same address is refused, whatever the case of its letters.
    CHECK_THROWS(product::platform().runTool(
        "histologe", {"comptes", "create", "--courriel", "A" + compte.courriel.substr(1), "--partenaire", partenaireDe("13"),
                      "--role", "agent"},
        {{"HISTOLOGE_ROUTING_DATABASE_URL", product::platform().databaseUrl("routing")}}));
}

TEST_CASE("an unknown address, a closed account and a wrong password are answered alike") {
    oublierEchecs();
    const auto actif = ouvert("agent", {partenaireDe("13")});
    const auto archive = ouvert("agent", {partenaireDe("13")});
    const auto jamais = ferme("agent", {partenaireDe("13")});
    environment::Sql sql(product::platform().superuserUrl());
    sql.rows("UPDATE routing.comptes SET statut = 'ARCHIVE' WHERE id = $1", {archive.id});
    struct Cas {
        std::string courriel;
        std::string motDePasse;
        std::vector<double> durees{};
    };
    std::vector<Cas> cas{{actif.courriel, "Autre-mot-87-faux"},
                         {"inconnu-" + core::randomHex(4) + "@exemple.fr", kMotDePasse},
                         {archive.courriel, kMotDePasse},
                         {jamais.courriel, kMotDePasse}};
    std::string corps;
    for (int tour = 0; tour < 6; ++tour) {
        oublierEchecs();
        for (auto& un : cas) {
            Answer answer;
            un.durees.push_back(milliseconds([&] { answer = entrer(un.courriel, un.motDePasse); }));
            CHECK(answer.status == 401);
            auto json = answer.json();
            json.erase("instance");
            if (corps.empty()) corps = json.dump();
            CHECK(json.dump() == corps);
        }
    }
    for (const auto& un : cas) {
        INFO(un.courriel << " " << shortest(un.durees) << " ms, " << shortest(cas[0].durees) << " ms");
        CHECK(shortest(un.durees) > shortest(cas[0].durees) * 0.6);
        CHECK(shortest(un.durees) < shortest(cas[0].durees) / 0.6);
    }
}

TEST_CASE("the sixth failure in twenty minutes is refused unseen, for unknown addresses too") {
    oublierEchecs();
    const auto compte = ouvert("agent", {partenaireDe("13")});
    const auto autre = ouvert("agent", {partenaireDe("13")});
    for (int i = 0; i < 5; ++i) CHECK(entrer(compte.courriel, "Autre-mot-87-faux").status == 401);
    const auto refus = entrer(compte.courriel, kMotDePasse);
    CHECK(refus.status == 429);
    CHECK(refus.json().at("code") == "trop_d_essais");
    const auto attente = std::stoi(refus.header("Retry-After"));
    CHECK(attente > 1190);
    CHECK(attente <= 1200);
    const auto inconnu = "inconnu-" + core::randomHex(4) + "@exemple.fr";
    for (int i = 0; i < 5; ++i) CHECK(entrer(inconnu, kMotDePasse).status == 401);
    CHECK(entrer(inconnu, kMotDePasse).status == 429);
    // Another account at the same address still may; what succeeds is no failure.
    for (int i = 0; i < 7; ++i) CHECK(entrer(autre.courriel, kMotDePasse).status == 200);
    environment::Sql(product::platform().superuserUrl())
        .run("UPDATE routing.connexions_echecs SET debut = debut - interval '20 minutes'");
    CHECK(entrer(compte.courriel, kMotDePasse).status == 200);
}

TEST_CASE("one address that tries many accounts is stopped") {
    oublierEchecs();
    for (int i = 0; i < 25; ++i) {
        CHECK(entrer("vague-" + std::to_string(i) + "@exemple.fr", "Autre-mot-87-faux").status == 401);
    }
    CHECK(entrer("vague-25@exemple.fr", "Autre-mot-87-faux").status == 429);
    oublierEchecs();
}

TEST_CASE("D-93: sessions of one account that sign in at once are all in") {
    oublierEchecs();
    const auto compte = ouvert("agent", {partenaireDe("13")});
    std::vector<int> statuts(6);
    std::vector<std::thread> fils;
    for (auto& statut : statuts) {
        fils.emplace_back([&statut, &compte] { statut = entrer(compte.courriel, kMotDePasse).status; });
    }
    for (auto& fil : fils) fil.join();
    CHECK(std::count(statuts.begin(), statuts.end(), 200) == 6);
    CHECK(one("SELECT count(*) FROM routing.sessions WHERE compte = '" + compte.id + "'") == "6");
}

TEST_CASE("a refresh token serves once; served twice it ends the session") {
    oublierEchecs();
    const auto compte = ouvert("agent", {partenaireDe("13")});
    const auto premiere = session(compte);
    const auto autre = session(compte);
    const auto rafraichir = [](const Json& jeton) {
        return post("/connexion/rafraichissement", {{"jetonRafraichissement", jeton}});
    };
    const auto deuxieme = rafraichir(premiere.at("jetonRafraichissement"));
    REQUIRE(deuxieme.status == 200);
    CHECK(get("/moi", deuxieme.json().at("jetonAcces")).status == 200);
    const auto troisieme = rafraichir(deuxieme.json().at("jetonRafraichissement"));
    REQUIRE(troisieme.status == 200);

    CHECK(rafraichir(premiere.at("jetonRafraichissement")).json().at("code") == "session_terminee");
    CHECK(rafraichir(troisieme.json().at("jetonRafraichissement")).status == 401);
    CHECK(jusqua("/agents/brouillons", troisieme.json().at("jetonAcces"), 401, 5) >= 0);
    CHECK(one("SELECT string_agg(coalesce(motif, 'ouverte'), ' ' ORDER BY ouverte_le) FROM routing.sessions WHERE compte = '" +
              compte.id + "'") == "REUTILISATION ouverte");
    CHECK(rafraichir(autre.at("jetonRafraichissement")).status == 200);
    CHECK(rafraichir("nimporte").status == 401);
    // What is kept opens nothing.
    CHECK(one("SELECT count(*) FROM routing.sessions_jetons WHERE empreinte = '" +
              autre.at("jetonRafraichissement").get<std::string>() + "'") == "0");
}

TEST_CASE("two that refresh at once with one token: one goes on, and the session is over") {
    oublierEchecs();
    const auto compte = ouvert("agent", {partenaireDe("13")});
    const auto jeton = session(compte).at("jetonRafraichissement");
    std::vector<Answer> answers(3);
    std::vector<std::thread> fils;
    for (auto& answer : answers) {
        fils.emplace_back([&] { answer = post("/connexion/rafraichissement", {{"jetonRafraichissement", jeton}}); });
    }
    for (auto& fil : fils) fil.join();
    CHECK(std::count_if(answers.begin(), answers.end(), [](const auto& a) { return a.status == 200; }) == 1);
    CHECK(one("SELECT motif FROM routing.sessions WHERE compte = '" + compte.id + "'") == "REUTILISATION");
}

TEST_CASE("signing out ends one session within five seconds everywhere, signing out everywhere ends all") {
    oublierEchecs();
    const auto compte = ouvert("agent", {partenaireDe("13")});
    const auto une = session(compte);
    const auto autre = session(compte);
    CHECK(post("/deconnexion", {{"jetonRafraichissement", une.at("jetonRafraichissement")}}).status == 204);
    CHECK(post("/deconnexion", {{"jetonRafraichissement", une.at("jetonRafraichissement")}}).status == 204);
    for (const char* path : {"/moi", "/agents/brouillons"}) {
        const auto duree = jusqua(path, une.at("jetonAcces"), 401, 5);
        INFO(path << " " << duree);
        CHECK(duree >= 0);
    }
    CHECK(get("/moi", autre.at("jetonAcces")).status == 200);
    CHECK(post("/deconnexion/partout", nullptr, autre.at("jetonAcces")).status == 204);
    CHECK(jusqua("/moi", autre.at("jetonAcces"), 401, 5) >= 0);
    CHECK(jusqua("/agents/brouillons", autre.at("jetonAcces"), 401, 5) >= 0);
    CHECK(post("/connexion/rafraichissement", {{"jetonRafraichissement", autre.at("jetonRafraichissement")}}).status ==
          401);
    // Whoever signs in at once afterwards is not shut out by it.
    const auto nouvelle = session(compte);
    std::this_thread::sleep_for(std::chrono::milliseconds(2500));
    CHECK(get("/moi", nouvelle.at("jetonAcces")).status == 200);
}

TEST_CASE("another password puts everybody out but who chose it") {
    oublierEchecs();
    const auto compte = ouvert("agent", {partenaireDe("13")});
    const auto ici = session(compte);
    const auto ailleurs = session(compte);
    const auto changer = [&](const std::string& actuel, const std::string& nouveau) {
        return avec("PUT", "/moi/mot-de-passe", {{"actuel", actuel}, {"nouveau", nouveau}}, ici.at("jetonAcces"));
    };
    CHECK(changer("Autre-mot-87-faux", "Escargot-54-oblique").status == 400);
    CHECK(changer(kMotDePasse, "court").json().at("code") == "mot_de_passe_refuse");
    CHECK(changer(kMotDePasse, "Escargot-54-oblique").status == 204);
    CHECK(entrer(compte.courriel, kMotDePasse).status == 401);
    CHECK(entrer(compte.courriel, "Escargot-54-oblique").status == 200);
    CHECK(post("/connexion/rafraichissement", {{"jetonRafraichissement", ailleurs.at("jetonRafraichissement")}}).status ==
          401);
    const auto suite = post("/connexion/rafraichissement", {{"jetonRafraichissement", ici.at("jetonRafraichissement")}});
    REQUIRE(suite.status == 200);
    CHECK(jusqua("/agents/brouillons", ailleurs.at("jetonAcces"), 401, 5) >= 0);
    CHECK(get("/moi", suite.json().at("jetonAcces")).status == 200);
}

TEST_CASE("a super administrator confirms by the code of a mail") {
    oublierEchecs();
    const auto compte = ouvert("super_admin", {});
    const auto entree = entrer(compte.courriel, kMotDePasse);
    REQUIRE(entree.status == 200);
    CHECK(entree.json().at("etape") == "code");
    CHECK_FALSE(entree.json().contains("jetonAcces"));
    const auto demande = entree.json().at("demande");
    const auto code = secretDuCourriel(compte.id, "AUTH_CODE", "code");
    const auto confirmer = [](const Json& quelle, const std::string& lequel) {
        return post("/connexion/code", {{"demande", quelle}, {"code", lequel}});
    };
    CHECK(confirmer(demande, code == "000000" ? "000001" : "000000").json().at("code") == "code_faux");
    CHECK(confirmer(std::string(64, 'a'), code).json().at("code") == "code_perime");
    const auto ouverte = confirmer(demande, code);
    REQUIRE(ouverte.status == 200);
    CHECK(get("/moi", ouverte.json().at("jetonAcces")).json().at("role") == "super_admin");
    CHECK(confirmer(demande, code).status == 401);

    // Five wrong tries use a request up, the right code included.
    const auto nouvelle = entrer(compte.courriel, kMotDePasse).json().at("demande");
    const auto bon = secretDuCourriel(compte.id, "AUTH_CODE", "code");
    for (int i = 0; i < 5; ++i) CHECK(confirmer(nouvelle, bon == "111111" ? "222222" : "111111").status == 401);
    CHECK(confirmer(nouvelle, bon).json().at("code") == "code_perime");
}

TEST_CASE("the codes of an account are few, its wrong tries count together, and none outlives a revocation") {
    oublierEchecs();
    const auto compte = ouvert("super_admin", {});
    const auto demander = [&] { return entrer(compte.courriel, kMotDePasse); };
    const auto codeDe = [&] { return secretDuCourriel(compte.id, "AUTH_CODE", "code"); };
    const auto confirmer = [](const Answer& entree, const std::string& lequel) {
        return post("/connexion/code", {{"demande", entree.json().at("demande")}, {"code", lequel}});
    };
    const auto faux = [](const std::string& bon) { return std::string(bon == "111111" ? "222222" : "111111"); };
    const auto premiere = demander();
    const auto ouverte = confirmer(premiere, codeDe());
    REQUIRE(ouverte.status == 200);

    const auto enAttente = demander();
    const auto codeEnAttente = codeDe();
    CHECK(post("/deconnexion/partout", nullptr, ouverte.json().at("jetonAcces")).status == 204);
    CHECK(confirmer(enAttente, codeEnAttente).json().at("code") == "code_perime");

    for (int demandes = 0; demandes < 5; ++demandes) {
        const auto entree = demander();
        REQUIRE(entree.status == 200);
        for (int i = 0; i < 4; ++i) CHECK(confirmer(entree, faux(codeDe())).json().at("code") == "code_faux");
    }
    const auto derniere = demander();
    const auto trop = confirmer(derniere, codeDe());
    CHECK(trop.status == 429);
    CHECK(std::stoi(trop.header("Retry-After")) > 1);
    // Eight were asked for: these are the last of ten.
    for (int i = 0; i < 2; ++i) CHECK(demander().status == 200);
    CHECK(demander().status == 429);
}

TEST_CASE("whoever guesses at one address does not close an account to its owner elsewhere") {
    oublierEchecs();
    const auto compte = ouvert("agent", {partenaireDe("13")});
    const auto depuis = [&](const char* adresse, const std::string& motDePasse) {
        httplib::Client client("127.0.0.1", product::platform().servicePort("routing"));
        const auto answer = client.Post("/connexion", {{"X-Forwarded-For", adresse}},
                                        Json{{"courriel", compte.courriel}, {"motDePasse", motDePasse}}.dump(),
                                        "application/json");
        return answer ? answer->status : 0;
    };
    for (int i = 0; i < 60; ++i) CHECK(depuis("203.0.113.7", "Autre-mot-87-faux") == (i < 5 ? 401 : 429));
    CHECK(depuis("203.0.113.8", kMotDePasse) == 200);
    oublierEchecs();
}

TEST_CASE("D-90: neither passwords nor secrets are in any log") {
    oublierEchecs();
    const auto compte = ouvert("agent", {partenaireDe("13")});
    const auto jetons = session(compte);
    const auto marque = "Perdu-" + core::randomHex(8) + "-A1";
    CHECK(entrer(compte.courriel, marque).status == 401);
    CHECK(product::request("POST", "/connexion", "{\"courriel\":\"" + marque + "\",\"motDePasse\":").status == 400);
    // A failure of the database in the middle of it is told without what was sent.
    auto& platform = product::platform();
    environment::Sql(platform.superuserUrl()).run("ALTER TABLE routing.connexions_echecs RENAME TO cachee");
    CHECK(entrer(compte.courriel, marque).status == 500);
    environment::Sql(platform.superuserUrl()).run("ALTER TABLE routing.cachee RENAME TO connexions_echecs");
    for (const auto& nom : platform.running()) {
        INFO(nom);
        const auto texte = core::readFile(platform.log(nom));
        CHECK(texte.find(marque) == std::string::npos);
        CHECK(texte.find(kMotDePasse) == std::string::npos);
        CHECK(texte.find(jetons.at("jetonRafraichissement").get<std::string>()) == std::string::npos);
        CHECK(texte.find(compte.courriel) == std::string::npos);
    }
}

TEST_CASE("a burst of fifty sign-ins is served, and holds up nobody else") {
    oublierEchecs();
    const auto compte = ouvert("agent", {partenaireDe("13")});
    const auto jeton = session(compte).at("jetonAcces").get<std::string>();
    const auto p99 = [&](int combien) {
        std::vector<double> durees;
        for (int i = 0; i < combien; ++i) {
            durees.push_back(milliseconds([&] { REQUIRE(get("/moi", jeton).status == 200); }));
        }
        std::sort(durees.begin(), durees.end());
        return durees[durees.size() * 99 / 100];
    };
    const auto avant = p99(200);
    std::vector<int> statuts(50);
    std::vector<std::thread> fils;
    for (auto& statut : statuts) {
        fils.emplace_back([&statut, &compte] { statut = entrer(compte.courriel, kMotDePasse).status; });
    }
    const auto pendant = p99(200);
    for (auto& fil : fils) fil.join();
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // under which some end at the gateway's patience
    CHECK(std::count(statuts.begin(), statuts.end(), 200) == 50);
#endif
    WARN("p99 of GET /moi: " << avant << " ms alone, " << pendant << " ms during the burst");
    // Behind the workers a request would have waited for half of the burst, more than a second.
    CHECK(pendant < std::max(2 * avant, 500.0));
}
