// Partners, edited over HTTP.
#include <algorithm>

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/annuaire/annuaire.hpp"

using namespace histologe;
using namespace histologe::annuaire;

namespace {

Json nouveau(const std::string& territoire = "13", const std::string& type = "ADIL") {
    return {{"nom", nomNeuf("Partenaire")}, {"type", type}, {"territoire", territoire}};
}

std::string chemin(const Json& fiche) {
    return "/partenaires/" + fiche.at("id").get<std::string>();
}

std::string courriel() {
    return "boite-" + core::randomHex(5) + "@exemple.fr";
}

}  // namespace

TEST_CASE("a partner is created, read, edited and archived, and its history says by whom") {
    auto corps = nouveau("13", "COMMUNE_SCHS");
    const auto boite = courriel();
    corps["nom"] = "  " + corps.at("nom").get<std::string>() + "  ";
    corps["courriel"] = " Boite" + boite.substr(5);
    corps["communes"] = {"13201", "13202", "13201"};
    const auto fiche = cree("/partenaires", corps);
    CHECK(fiche.at("nom") ==
          corps.at("nom").get<std::string>().substr(2, corps.at("nom").get<std::string>().size() - 4));
    CHECK(fiche.at("courriel") == boite);
    CHECK(fiche.at("communes") == Json({"13201", "13202"}));
    CHECK(fiche.at("competences").size() == 9);  // those that go with the type
    CHECK(fiche.at("notifiable") == true);
    CHECK(fiche.at("recoitCourriels") == true);

    const auto change = modifier(chemin(fiche), {{"notifiable", false}, {"competences", {"VISITES"}}});
    INFO(change.body);
    REQUIRE(change.status == 200);
    CHECK(change.json().at("competences") == Json::array({"VISITES"}));
    CHECK(change.json().at("recoitCourriels") == false);
    CHECK(change.header("ETag") != fiche.at("etag"));
    CHECK(lire(chemin(fiche)).json() == change.json());
    // The same again changes nothing.
    CHECK(modifier(chemin(fiche), {{"notifiable", false}}).header("ETag") == change.header("ETag"));

    CHECK(archiver(chemin(fiche)).status == 200);
    CHECK(lire(chemin(fiche)).json().at("archive") == true);
    CHECK(lire(chemin(fiche), responsable("13")).status == 404);
    CHECK(modifier(chemin(fiche), {{"nom", "x"}}).status == 403);
    const auto historique = lire(chemin(fiche) + "/historique").json().at("historique");
    REQUIRE(historique.size() == 3);
    CHECK(historique[0].at("action") == "archivage");
    CHECK(historique[1].at("avant").at("notifiable") == true);
    CHECK(historique[1].at("apres").at("notifiable") == false);
    CHECK_FALSE(historique[1].at("apres").contains("nom"));
    CHECK(historique[2].at("action") == "creation");
    CHECK_FALSE(historique[2].at("auteur").get<std::string>().empty());
}

TEST_CASE("what a partner's sheet may not say is refused field by field") {
    const auto zoneDAilleurs = one("SELECT id FROM routing.zones WHERE contenu->>'territoire' = '34' LIMIT 1");
    const auto bailleurDAilleurs =
        one("SELECT id FROM routing.bailleurs WHERE contenu->'territoires' = '[\"30\"]' LIMIT 1");
    const struct {
        Json champs;
        const char* refus;
    } cas[] = {{{{"nom", "   "}}, "nom:requis"},
               {{{"territoire", "99"}}, "territoire:territoire_inconnu"},
               {{{"courriel", "pas une adresse"}}, "courriel:courriel_invalide"},
               {{{"communes", {"13201", "banane"}}}, "communes:code_insee_invalide"},
               {{{"communes", Json::array({"34172"})}}, "communes:commune_hors_territoire"},
               {{{"zones", Json::array({zoneDAilleurs})}}, "zones:zone_inconnue"},
               {{{"zonesExclues", Json::array({"nulle-part"})}}, "zonesExclues:zone_inconnue"},
               {{{"epcis", Json::array({"000000000"})}}, "epcis:epci_inconnu"},
               {{{"type", "BAILLEUR_SOCIAL"}, {"bailleur", bailleurDAilleurs}}, "bailleur:bailleur_inconnu"},
               {{{"competences", Json::array({"DANGER"})}}, "competences:valeur_inconnue"}};
    for (const auto& un : cas) {
        auto corps = nouveau();
        corps.update(un.champs);
        const auto answer = creer("/partenaires", corps);
        INFO(un.champs.dump() << " " << answer.body);
        CHECK(answer.status == 400);
        CHECK(refus(answer) == un.refus);
    }
    // Outside the contract: absent, of another kind, oversized, unknown members.
    for (const Json& champs : {Json{{"nom", nullptr}}, Json{{"nom", std::string(256, 'x')}}, Json{{"type", "MAIRIE"}},
                               Json{{"archive", true}}, Json{{"communes", "13201"}}, Json{{"id", "moi"}},
                               Json{{"zones", Json::array({1})}}}) {
        auto corps = nouveau();
        corps.update(champs);
        CHECK(creer("/partenaires", corps).status == 400);
    }
    CHECK(creer("/partenaires", {{"nom", "x"}}).status == 400);
    auto enorme = nouveau();
    enorme["courriel"] = std::string(200'000, 'x');
    CHECK(creer("/partenaires", enorme).status == 413);
    // Hostile text is only text.
    auto hostile = nouveau();
    hostile["nom"] = "'; DROP TABLE partenaires; -- <script>" + core::randomHex(6);
    CHECK(cree("/partenaires", hostile).at("nom") == hostile.at("nom"));
    const auto demande = "/partenaires?q=%27%3B%20DROP%20TABLE&territoire=13";
    CHECK(lire(demande).json().at("partenaires").size() >= 1);
}

TEST_CASE("a landlord and EPCIs only go with the types that have them") {
    const auto bailleur =
        one("SELECT id FROM routing.bailleurs WHERE contenu->'territoires' ? '13' ORDER BY rang LIMIT 1");
    const auto epci = one("SELECT id FROM routing.epcis ORDER BY rang LIMIT 1");
    auto corps = nouveau("13", "BAILLEUR_SOCIAL");
    corps["bailleur"] = bailleur;
    corps["epcis"] = Json::array({epci});
    const auto fiche = cree("/partenaires", corps);
    CHECK(fiche.at("bailleur") == bailleur);
    CHECK(fiche.at("epcis") == Json::array({epci}));
    const auto change = modifier(chemin(fiche), {{"type", "COMMUNE_SCHS"}}).json();
    CHECK(change.at("bailleur") == nullptr);
    CHECK(change.at("epcis") == Json::array());
}

TEST_CASE("an address belongs to one partner of the territory, and to no account") {
    const auto boite = courriel();
    auto corps = nouveau();
    corps["courriel"] = boite;
    const auto fiche = cree("/partenaires", corps);
    corps["nom"] = nomNeuf("Autre");
    CHECK(refus(creer("/partenaires", corps)) == "courriel:courriel_pris");
    corps["territoire"] = "34";
    CHECK(creer("/partenaires", corps).status == 201);
    // An archived partner gives its address back.
    CHECK(archiver(chemin(fiche)).status == 200);
    corps["territoire"] = "13";
    CHECK(creer("/partenaires", corps).status == 201);
    const auto compte = comptes::ferme("agent", {comptes::partenaireDe("13")});
    corps["courriel"] = compte.courriel;
    CHECK(refus(creer("/partenaires", corps)) == "courriel:courriel_de_compte");
    // Of twenty at once with one address, one is there.
    corps["courriel"] = courriel();
    const auto statuts = ensemble(20, [&](int) { return creer("/partenaires", corps); });
    CHECK(std::count(statuts.begin(), statuts.end(), 201) == 1);
    CHECK(std::count(statuts.begin(), statuts.end(), 409) == 19);
}

TEST_CASE("of twenty edits of one version one wins, the others are told so") {
    const auto fiche = cree("/partenaires", nouveau());
    const auto version = fiche.at("etag").get<std::string>();
    const auto statuts = ensemble(20, [&](int i) {
        return modifier(chemin(fiche), {{"nom", "Nom " + std::to_string(i)}}, superAdmin(), version);
    });
    CHECK(std::count(statuts.begin(), statuts.end(), 200) == 1);
    CHECK(std::count(statuts.begin(), statuts.end(), 412) == 19);
    CHECK(one("SELECT version FROM routing.partenaires WHERE id = '" + fiche.at("id").get<std::string>() + "'") == "2");
    CHECK(comptes::avec("PATCH", chemin(fiche), {{"nom", "x"}}, superAdmin()).status == 400);
    CHECK(modifier(chemin(fiche), {{"nom", "x"}}, superAdmin(), "\"1\"").json().at("code") == "version_perimee");
}

TEST_CASE("the same creation sent twice with one key is one partner") {
    const auto corps = nouveau();
    const product::Headers cle = {{"Idempotency-Key", core::randomHex(8)}};
    const auto une = comptes::avec("POST", "/partenaires", corps, superAdmin(), cle);
    const auto deux = comptes::avec("POST", "/partenaires", corps, superAdmin(), cle);
    CHECK(une.status == 201);
    CHECK(deux.status == 201);
    CHECK(une.json().at("id") == deux.json().at("id"));
}

TEST_CASE("who may do what with partners") {
    const auto a = cree("/partenaires", nouveau("13"));
    const auto b = cree("/partenaires", nouveau("13"));
    const auto ailleurs = cree("/partenaires", nouveau("34"));
    const auto id = [](const Json& fiche) { return fiche.at("id").get<std::string>(); };
    const auto rt = responsable("13");
    const auto ap = jetonDe(auth::Role::AdminPartenaire, {"13"}, {id(a)});
    const auto agent = jetonDe(auth::Role::Agent, {"13"}, {id(a)});
    const struct {
        const std::string& jeton;
        int a, b, ailleurs;  // read, and edited
        int cree, creeAilleurs, archive;
    } cas[] = {
        {rt, 200, 200, 404, 201, 403, 200}, {ap, 200, 404, 404, 403, 403, 403}, {agent, 403, 403, 403, 403, 403, 403}};
    for (const auto& un : cas) {
        for (const auto& [fiche, statut] : {std::pair(a, un.a), {b, un.b}, {ailleurs, un.ailleurs}}) {
            CHECK(lire(chemin(fiche), un.jeton).status == statut);
            CHECK(lire(chemin(fiche) + "/historique", un.jeton).status == statut);
            CHECK(modifier(chemin(fiche), {{"notifiable", true}}, un.jeton).status == statut);
        }
        CHECK(creer("/partenaires", nouveau("13"), un.jeton).status == un.cree);
        CHECK(creer("/partenaires", nouveau("34"), un.jeton).status == un.creeAilleurs);
        CHECK(comptes::avec("DELETE", chemin(a), nullptr, un.jeton, {{"If-Match", "\"0\""}}).status ==
              (un.archive == 200 ? 412 : 403));
        // Nobody but a super admin moves a partner, and nobody learns that the other territory is there.
        if (un.a == 200) CHECK(modifier(chemin(a), {{"territoire", "34"}}, un.jeton).status == 403);
    }
    // What exists elsewhere is answered as what exists nowhere.
    auto cache = lire(chemin(ailleurs), rt).json();
    auto rien = lire("/partenaires/personne", rt).json();
    cache.erase("instance");
    rien.erase("instance");
    CHECK(cache == rien);
    const auto vus = [](const std::string& jeton, const std::string& requete) {
        std::string tous;
        const auto liste = lire("/partenaires?" + requete, jeton).json().at("partenaires");
        for (const auto& un : liste) tous += un.at("territoire").get<std::string>() + " ";
        return tous;
    };
    CHECK(vus(ap, "limite=100") == "13 ");
    CHECK(vus(ap, "territoire=34").empty());
    CHECK(vus(rt, "limite=100").find("34") == std::string::npos);
    CHECK(vus(rt, "territoire=34").empty());
    CHECK(vus(rt, "archives=true").empty());
    CHECK(vus(superAdmin(), "territoire=34&limite=1") == "34 ");
    for (const auto* methode : {"GET", "POST"})
        CHECK(product::request(methode, "/partenaires", methode[0] == 'P' ? "{}" : "").status == 401);
    CHECK(lire("/partenaires", jetonDe(auth::Role::Api, {"13"}, {id(a)})).status == 403);
}

TEST_CASE("lists page by name, filter, and keep their filters") {
    const auto marque = core::randomHex(5);
    for (const auto* nom : {"Écho", "alpha", "Bravo", "delta", "Charlie"}) {
        auto corps = nouveau("974", "CCAS");
        corps["nom"] = nom + (" " + marque);
        cree("/partenaires", corps);
    }
    std::string noms;
    std::string page = "/partenaires?limite=2&territoire=974&type=CCAS&q=" + marque;
    int pages = 0;
    while (!page.empty()) {
        const auto answer = lire(page);
        REQUIRE(answer.status == 200);
        ++pages;
        const auto liste = answer.json().at("partenaires");
        for (const auto& un : liste) noms += un.at("nom").get<std::string>().substr(0, 1);
        const auto lien = answer.header("Link");
        page = lien.empty() ? "" : lien.substr(1, lien.find('>') - 1);
    }
    CHECK(noms == "aBCd\xC3");
    CHECK(pages == 3);
    CHECK(lire("/partenaires?q=" + marque + "&competence=VISITES").json().at("partenaires").empty());
    CHECK(lire("/partenaires?q=" + marque + "&competence=CONCILIATION").json().at("partenaires").size() == 5);
    for (const auto* mauvais :
         {"limite=0", "limite=101", "type=MAIRIE", "competence=TOUT", "archives=oui", "territoire=12345"}) {
        CHECK(lire(std::string("/partenaires?") + mauvais).status == 400);
    }
}

TEST_CASE("the accounts of an archived partner keep their other partners, or are archived") {
    const auto fiche = cree("/partenaires", nouveau("13"));
    const auto autre = cree("/partenaires", nouveau("34"));
    const auto id = fiche.at("id").get<std::string>();
    const auto seul = comptes::ouvert("agent", {id});
    const auto double_ = comptes::ouvert("agent", {id, autre.at("id").get<std::string>()});
    const auto jeton = comptes::session(seul).at("jetonAcces").get<std::string>();
    const auto archive = archiver(chemin(fiche), responsable("13"));
    INFO(archive.body);
    REQUIRE(archive.status == 200);
    CHECK(one("SELECT statut FROM routing.comptes WHERE id = '" + seul.id + "'") == "ARCHIVE");
    CHECK(one("SELECT statut FROM routing.comptes WHERE id = '" + double_.id + "'") == "ACTIVE");
    CHECK(one("SELECT string_agg(partenaire, ' ') FROM routing.comptes_partenaires WHERE compte = '" + double_.id +
              "'") == autre.at("id"));
    CHECK(comptes::jusqua("/moi", jeton, 401, 5) >= 0);
    CHECK(one("SELECT action FROM routing.comptes_historique WHERE compte = '" + seul.id +
              "' ORDER BY rang DESC LIMIT 1") == "archivage");
}

TEST_CASE("how a partner's system is reached: secrets go in and never come out") {
    const auto fiche = cree("/partenaires", nouveau("13", "ARS"));
    const auto la = chemin(fiche) + "/interconnexion";
    const auto secret = core::randomHex(16);
    CHECK(refus(modifier(la, {{"esaboraActif", true}})) == "esaboraActif:incomplet");
    CHECK(refus(modifier(la, {{"esaboraUrl", "ftp://x"}})) == "esaboraUrl:adresse_invalide");
    const auto regle = modifier(
        la, {{"esaboraUrl", "https://sante-habitat.example.org/"}, {"esaboraJeton", secret}, {"esaboraActif", true}});
    INFO(regle.body);
    REQUIRE(regle.status == 200);
    CHECK(regle.json().at("esaboraUrl") == "https://sante-habitat.example.org");
    CHECK(regle.json().at("esaboraActif") == true);
    CHECK(regle.json().at("esaboraJetonEnregistre") == true);
    for (const auto* ou : {"", "/interconnexion", "/historique"})
        CHECK(lire(chemin(fiche) + ou).body.find(secret) == std::string::npos);
    CHECK(one("SELECT count(*) FROM routing.evenements WHERE donnees::text LIKE '%" + secret + "%'") == "0");
    // A manager switches, and no more; the partner's own admin does not even see it.
    const auto rt = responsable("13");
    CHECK(modifier(la, {{"esaboraActif", false}}, rt).status == 200);
    CHECK(modifier(la, {{"esaboraUrl", "https://ailleurs.example.org"}}, rt).status == 403);
    CHECK(lire(la, jetonDe(auth::Role::AdminPartenaire, {"13"}, {fiche.at("id").get<std::string>()})).status == 404);
    CHECK(lire(la, responsable("34")).status == 404);
    // Another type cannot be connected.
    CHECK(modifier(la, {{"esaboraActif", true}}, rt).json().at("esaboraActif") == true);
    CHECK(modifier(la, {{"idossUrl", "https://idoss.example.org"}, {"idossActif", true}}).json().at("idossActif") ==
          false);
    CHECK(modifier(chemin(fiche), {{"type", "ADIL"}}).status == 200);
    CHECK(lire(la).json().at("esaboraActif") == false);
}
