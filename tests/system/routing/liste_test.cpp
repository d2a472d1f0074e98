// The list itself: its order, its pages, one dossier, the same address, the map.
#include <algorithm>
#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "libs/core/text.hpp"
#include "tests/system/routing/attendu.hpp"

using namespace histologe;
using namespace histologe::routing::test;
using auth::Role;
using core::Json;

namespace {

Modele modele(int numero) {
    Modele m;
    m.uuid = nouvelUuid(numero);
    m.reference = "2030-" + std::to_string(numero);
    m.territoire = "30";
    m.insee = "30007";
    m.codePostal = "30100";
    m.commune = "Alès";
    m.position.emplace(4.08, 44.12);
    m.profil = "LOCATAIRE";
    m.statut = "ACTIVE";
    m.deposeLe = instant("2026-07-01T10:00:00Z");
    m.nom = "Unique" + std::to_string(numero);
    m.prenom = "Paul";
    m.courriel = "u@exemple.fr";
    m.voie = "1 rue des Nouveaux";
    return m;
}

std::string codeDe(const std::string& operation, const auth::Principal& qui, const std::string& uuid) {
    try {
        monde().appeler(operation, qui, {}, uuid);
    } catch (const core::Error& error) {
        return error.code();
    }
    return "";
}

}  // namespace

TEST_CASE("every order goes both ways, page after page, without a gap or a repetition") {
    const auto& qui = lecteurs()[0];
    for (const auto* tri : {"reference", "nomOccupant", "lastSuiviAt", "villeOccupant", "createdAt"}) {
        for (const auto* sens : {"ASC", "desc"}) {
            INFO(tri << " " << sens);
            const Requete requete = {{"sortBy", tri}, {"direction", sens}, {"isImported", "oui"}};
            const auto entier = monde().lister(qui, requete, 100);
            CHECK(monde().lister(qui, requete, 7) == entier);
            CHECK(static_cast<long long>(entier.size()) == monde().compter(qui, {{"isImported", "oui"}}));
            const auto cle = [&](const Json& d) {
                const std::string t = tri;
                if (t == "createdAt") return d.at("deposeLe").get<std::string>().substr(0, 19);
                if (t == "lastSuiviAt") return d.at("dernierSuivi").is_null() ? "" : d.at("dernierSuivi").at("le").get<std::string>().substr(0, 19);
                if (t == "villeOccupant") return core::fold(d.at("commune").get<std::string>());
                if (t == "nomOccupant") return core::fold(d.at("nomOccupant").get<std::string>());
                const auto reference = d.at("reference").get<std::string>();
                return reference.substr(0, 5) + std::string(10 - reference.size() + 5, '0') + reference.substr(5);
            };
            const bool croissant = std::string(sens) == "ASC";
            CHECK(std::is_sorted(entier.begin(), entier.end(), [&](const Json& a, const Json& b) {
                return croissant ? cle(a) < cle(b) : cle(a) > cle(b);
            }));
        }
    }
}

TEST_CASE("D-101, D-102: a dossier of sixty affectations is one row among twenty-five") {
    auto m = modele(1001);
    for (int i = 0; i < 60; ++i) {
        const auto id = "foule-" + std::to_string(i);
        monde().executer("INSERT INTO routing.partenaires (id, contenu) VALUES ('" + id + "', '{\"id\":\"" + id +
                         "\",\"territoire\":\"30\",\"nom\":\"Foule\",\"type\":\"AUTRE\"}')");
        m.affectations.push_back({id, i == 0 ? "FERME" : "EN_COURS"});
    }
    monde().ecrire(m);
    const auto page = core::parseJson(monde().appeler("listDossiers", lecteurs()[0]).body).at("dossiers");
    CHECK(page.size() == 25);
    CHECK(page[0].at("uuid") == m.uuid);
    CHECK(page[0].at("affectations").size() == 60);
    CHECK(monde().compter(lecteur(Role::Agent, {"30"}, {"foule-7"}), {}) == 1);
}

TEST_CASE("the lists follow affectations, suivis, status and corrections at once") {
    auto m = modele(1002);
    monde().ecrire(m);
    const auto agent = lecteur(Role::Agent, {"30"}, {"q2"});
    CHECK(codeDe("getDossier", agent, m.uuid) == "dossier_introuvable");
    const auto uuid = "'" + m.uuid + "'";
    monde().executer("INSERT INTO routing.affectations (id, signalement, partenaire, statut, affecte_par, cree_le) VALUES (gen_random_uuid(), " +
                     uuid + ", 'q2', 'NOUVEAU', 'essai', now())");
    CHECK(codeDe("getDossier", agent, m.uuid).empty());
    CHECK(monde().compter(agent, {{"searchTerms", "unique1002"}, {"status", "nouveau"}}) == 1);
    monde().executer("UPDATE routing.affectations SET statut = 'FERME' WHERE signalement = " + uuid);
    CHECK(monde().compter(agent, {{"searchTerms", "unique1002"}, {"status", "ferme"}}) == 1);
    monde().executer("DELETE FROM routing.affectations WHERE signalement = " + uuid);
    CHECK(codeDe("getDossier", agent, m.uuid) == "dossier_introuvable");
    monde().executer("UPDATE routing.dossiers SET statut = 'CLOSED' WHERE signalement = " + uuid);
    const auto& tous = lecteurs()[0];
    CHECK(monde().compter(tous, {{"searchTerms", "unique1002"}, {"status", "ferme"}}) == 1);
    monde().executer("INSERT INTO routing.suivis VALUES (gen_random_uuid(), " + uuid + ", 'X', 'usager', 'Un mot.', true, now())");
    CHECK(monde().compter(tous, {{"searchTerms", "unique1002"}, {"typeDernierSuivi", "usager"}}) == 1);
    m.nom = "Corrigée";
    m.codePostal = "30900";
    monde().redire(m);
    CHECK(monde().compter(tous, {{"searchTerms", "unique1002"}}) == 0);
    const auto trouve = monde().lister(tous, {{"searchTerms", "corrigee"}, {"communes", "30900"}});
    REQUIRE(trouve.size() == 1);
    CHECK(trouve[0].at("statut") == "CLOSED");
    CHECK(monde().lignes("SELECT concat_ws(' ', ou, quoi, ecart) FROM recherche_ecarts").empty());
    // For the other tests, the dossier is no more.
    monde().executer("UPDATE routing.dossiers SET statut = 'DRAFT' WHERE signalement = " + uuid);
}

TEST_CASE("a dossier that the registers place elsewhere is listed, mapped and found there") {
    auto m = modele(1004);
    monde().ecrire(m);
    monde().localiser(m.uuid, "30900", "Nîmes", "30189", 4.36, 43.83);
    const auto& tous = lecteurs()[0];
    const auto trouve = monde().lister(tous, {{"searchTerms", "unique1004"}, {"communes", "nimes"}, {"epcis", "200000002"}});
    REQUIRE(trouve.size() == 1);
    CHECK(trouve[0].at("codePostal") == "30900");
    const auto carte = [&](const char* emprise) {
        return core::parseJson(monde().appeler("mapDossiers", tous, {{"searchTerms", "unique1004"}, {"zoom", "12"}, {"emprise", emprise}}).body)
            .at("features").size();
    };
    CHECK(carte("4.3,43.8,4.4,43.9") == 1);
    CHECK(carte("4.0,44.0,4.2,44.2") == 0);
    monde().localiser(modele(1003).uuid, "30900", "Nîmes", "30189", 4.36, 43.83);  // of a dossier that is not there
    // A correction of something else does not move it back.
    m.nom = "Déplacé";
    monde().redire(m);
    CHECK(monde().lister(tous, {{"searchTerms", "deplace"}, {"communes", "30900"}}).size() == 1);
    CHECK(monde().lignes("SELECT concat_ws(' ', ou, quoi, ecart) FROM recherche_ecarts").empty());
}

TEST_CASE("a dossier is shown whole, with what the reader may do, and looking at it leaves a trace") {
    auto m = modele(1003);
    m.affectations = {{"q1", "EN_COURS"}, {"q2", "NOUVEAU"}};
    m.soupcons = {{"RSD", "RSD_CHECK", false}};
    m.suivis = {{"systeme", instant("2026-07-02T08:00:00Z")}};
    monde().ecrire(m);
    const auto accepte = lecteur(Role::Agent, {"30"}, {"q1"});
    const auto attend = lecteur(Role::Agent, {"30"}, {"q2"});
    const auto vu = core::parseJson(monde().appeler("getDossier", accepte, {}, m.uuid).body);
    CHECK(vu.at("occupant").at("nom") == "Unique1003");
    CHECK(vu.at("adresse").at("detail").at("voie") == "1 rue des Nouveaux");
    CHECK(vu.at("adresse").at("position").at("latitude") == 44.12);
    CHECK(vu.at("evaluation").at("qualifications").at(0).at("qualification") == "RSD");
    CHECK(vu.at("affectations").size() == 2);
    CHECK(vu.at("affectations").at(0).at("laVotre") != vu.at("affectations").at(1).at("laVotre"));
    CHECK(vu.at("suivis").size() == 1);
    CHECK(vu.at("droits").at("modifier") == true);
    const auto autre = core::parseJson(monde().appeler("getDossier", attend, {}, m.uuid).body);
    CHECK(autre.at("droits").at("modifier") == false);
    CHECK(monde().lignes("SELECT count(*)::text FROM acces WHERE operation = 'getDossier' AND signalement = '" + m.uuid + "'") == "2\n");
}

TEST_CASE("D-98: at the same address are the dossiers that the reader may open, and no others") {
    for (int i = 1010; i < 1016; ++i) {
        auto m = modele(i);
        m.voie = i % 2 == 0 ? "17bis, rue de l’Été" : "17 BIS RUE DE L'ETE";
        m.affectations = {{i < 1013 ? "q1" : "q2", "NOUVEAU"}};
        if (i == 1015) m.statut = "ARCHIVED";
        monde().ecrire(m);
    }
    auto ailleurs = modele(1016);
    ailleurs.voie = "17 rue de l'Été";
    monde().ecrire(ailleurs);
    const auto voisins = [&](const auth::Principal& qui) {
        std::set<std::string> uuids;
        const auto page = core::parseJson(monde().appeler("listMemeAdresse", qui, {}, nouvelUuid(1010)).body);
        for (const auto& un : page.at("dossiers")) uuids.insert(un.at("uuid").get<std::string>());
        return uuids;
    };
    CHECK(voisins(lecteur(Role::ResponsableTerritoire, {"30"})) ==
          std::set<std::string>{nouvelUuid(1011), nouvelUuid(1012), nouvelUuid(1013), nouvelUuid(1014)});
    CHECK(voisins(lecteur(Role::Agent, {"30"}, {"q1"})) == std::set<std::string>{nouvelUuid(1011), nouvelUuid(1012)});
    CHECK(codeDe("listMemeAdresse", lecteur(Role::Agent, {"30"}, {"q2"}), nouvelUuid(1010)) == "dossier_introuvable");
    CHECK(codeDe("listMemeAdresse", lecteur(Role::ResponsableTerritoire, {"13"}), nouvelUuid(1010)) == "dossier_introuvable");
}

TEST_CASE("the map gathers what is near, and says nothing of anybody") {
    const auto& qui = lecteurs()[0];
    const auto carte = [&](const Requete& requete) { return monde().appeler("mapDossiers", qui, requete); };
    const auto loin = core::parseJson(carte({{"zoom", "0"}}).body).at("features");
    const auto pres = core::parseJson(carte({{"zoom", "14"}}).body).at("features");
    CHECK(loin.size() < pres.size());
    for (const auto& point : pres) {
        const bool estSeul = point.at("properties").at("nombre") == 1;
        CHECK(point.at("properties").contains("uuid") == estSeul);
        CHECK(point.at("properties").size() == (estSeul ? 3 : 1));
    }
    const auto reponse = carte({{"zoom", "14"}, {"emprise", "4,43.9,4.2,44.5"}});
    CHECK(reponse.headers.get("Content-Type") == "application/geo+json");
    const auto carteRecue = core::parseJson(reponse.body);
    for (const auto& point : carteRecue.at("features")) {
        CHECK(point.at("geometry").at("coordinates").at(0).get<double>() < 4.2);
    }
    for (const auto* mot : {"Paul", "Mapaire", "exemple.fr", "rue", "2030-"}) CHECK(reponse.body.find(mot) == std::string::npos);
}
