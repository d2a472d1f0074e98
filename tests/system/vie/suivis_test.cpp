// What agents write: who may, for how long it can be changed, who is told and when. (Reference of routing, 4, 8.5.)
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "tests/system/vie/banc.hpp"

using namespace histologe;
using namespace histologe::routing::test;
using core::Json;

namespace {

Json mots(const std::string& texte, bool visible = false) { return {{"texte", texte}, {"visibleUsager", visible}}; }
Reponse ecrire(const auth::Principal& qui, const std::string& uuid, const std::string& texte = "Un message assez long.", bool visible = false) {
    return banc().appeler("createSuivi", qui, uuid, mots(texte, visible));
}
Reponse lister(const auth::Principal& qui, const std::string& uuid) { return banc().appeler("listSuivis", qui, uuid); }
std::size_t dits(const std::string& uuid) {
    const auto tous = banc().evenements(uuid);
    return static_cast<std::size_t>(std::count_if(tous.begin(), tous.end(), [](const auto& un) { return un.at("type") == "suivi.cree"; }));
}

}  // namespace

TEST_CASE("8.5, SIGN_CREATE_SUIVI: who may write in which dossier") {
    for (const auto* statut : {"NEED_VALIDATION", "ACTIVE", "CLOSED", "REFUSED", "INJONCTION_BAILLEUR", "INJONCTION_CLOSED"}) {
        for (const auto* etat : {"NOUVEAU", "EN_COURS", "REFUSE", "FERME"}) {
            const auto uuid = banc().dossier(statut, {{"p1", etat}});
            const std::string s = statut;
            const bool traite = s == "ACTIVE" || s == "INJONCTION_BAILLEUR";
            const bool enCours = std::string(etat) == "EN_COURS";
            INFO(statut << " " << etat);
            CHECK(ecrire(admin(), uuid, "De l'administration.").status == (traite ? 201 : 409));
            CHECK(ecrire(responsable(), uuid, "Du responsable.").status == (traite ? 201 : 409));
            CHECK(ecrire(membre("p1"), uuid, "Du partenaire.").status == (!traite ? 409 : enCours ? 201 : 403));
            CHECK(ecrire(logiciel("p1"), uuid, "Du logiciel.").status == (s != "ACTIVE" ? 409 : enCours ? 201 : 403));
            CHECK(ecrire(membre("p2"), uuid).status == 404);
        }
    }
    CHECK(ecrire(admin(), banc().dossier("ARCHIVED")).code == "suivi_impossible");  // D-97
}

TEST_CASE("D-88: too short, too long, a pasted picture or nothing are refused; what is kept is clean") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}});
    for (const auto& mauvais : {std::string(), std::string("neuf car."), std::string("<p><b>neuf</b> car.</p>"), std::string("<p>          </p>"),
                                std::string(10'001, 'a'), std::string("Voici la photo <img src=\"data:image/png;base64,AAAA\"> prise hier"),
                                std::string("<script>alert('longtemps, longtemps')</script>")}) {
        const auto reponse = ecrire(membre("p1"), uuid, mauvais);
        CHECK(reponse.status == 400);
        CHECK(reponse.corps.at("violations").at(0).at("champ") == "texte");
    }
    const auto bon = ecrire(membre("p1"), uuid, "<p onclick=x>Bonjour <b>à tous</b><script>x</script></p>");
    REQUIRE(bon.status == 201);
    CHECK(bon.corps.at("html") == "<p>Bonjour <strong>à tous</strong></p>");
    CHECK(bon.corps.at("auteur") == "Partenaire p1");
    CHECK(lister(membre("p1"), uuid).corps.at("suivis").size() == 1);
}

TEST_CASE("D-73: the same suivi posted twenty times at once is one") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}});
    std::vector<Reponse> reponses(20);
    std::vector<std::thread> fils;
    for (auto& une : reponses) fils.emplace_back([&] { une = ecrire(membre("p1"), uuid); });
    for (auto& fil : fils) fil.join();
    std::set<std::string> ids;
    int neufs = 0;
    for (const auto& une : reponses) {
        REQUIRE(une.ok());
        ids.insert(une.corps.at("id").get<std::string>());
        neufs += une.status == 201 ? 1 : 0;
    }
    CHECK(ids.size() == 1);
    CHECK(neufs == 1);
    CHECK(ecrire(responsable(), uuid).status == 201);
    banc().avancer(std::chrono::seconds(11));
    CHECK(ecrire(membre("p1"), uuid).status == 201);
    banc().avancer(std::chrono::minutes(21));
    banc().direLesEchus();
    CHECK(dits(uuid) == 3);
}

TEST_CASE("4.3: twenty minutes to change or take back, and nobody else is told before") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}, {"p2", "EN_COURS"}});
    const auto premier = ecrire(membre("p1"), uuid, "Nous passons lundi.", true);
    const auto id = premier.corps.at("id").get<std::string>();
    CHECK(lister(membre("p2"), uuid).corps.at("suivis").at(0).at("html") == "Nous passons lundi.");
    banc().avancer(std::chrono::minutes(19));
    CHECK(banc().direLesEchus() == 0);
    CHECK(banc().appeler("updateSuivi", membre("p2"), id, mots("Nous passons mardi."), "*").status == 403);
    CHECK(banc().appeler("updateSuivi", responsable(), id, mots("Nous passons mardi."), "*").status == 403);
    CHECK(banc().appeler("updateSuivi", membre("p1"), id, mots(""), "*").status == 400);
    CHECK(banc().appeler("updateSuivi", membre("p1"), id, mots("Nous passons mardi."), "\"7\"").status == 412);
    const auto change = banc().appeler("updateSuivi", membre("p1"), id, mots("Nous passons mardi.", false), premier.etag);
    REQUIRE(change.ok());
    CHECK(change.corps.at("visibleUsager") == false);
    CHECK(dits(uuid) == 0);
    banc().avancer(std::chrono::minutes(1));
    CHECK(banc().appeler("updateSuivi", membre("p1"), id, mots("Nous passons jeudi."), "*").code == "suivi_non_modifiable");
    CHECK(banc().appeler("deleteSuivi", membre("p1"), id, nullptr, "*").status == 403);
    CHECK(banc().direLesEchus() == 1);
    CHECK(banc().direLesEchus() == 0);
    CHECK(dits(uuid) == 1);
    const auto dit = banc().evenements(uuid).back();
    CHECK(dit.at("personnel").at("texte") == "Nous passons mardi.");
    CHECK(dit.at("data").at("visibleUsager") == false);
    // D-76, D-77: neither its author nor his partner's mailbox.
    CHECK(dit.at("data").at("abonnes") == Json::array());
    REQUIRE(dit.at("personnel").at("partenaires").size() == 1);
    CHECK(dit.at("personnel").at("partenaires").at(0).at("id") == "p2");
}

TEST_CASE("8.5: taken back in time it was never there; an administrator erases any, and what was told of leaves a line") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}});
    const auto retire = ecrire(membre("p1"), uuid, "Une erreur de ma part.");
    REQUIRE(banc().appeler("deleteSuivi", membre("p1"), retire.corps.at("id"), nullptr, retire.etag).status == 204);
    CHECK(lister(membre("p1"), uuid).corps.at("suivis").empty());
    const auto garde = ecrire(membre("p1"), uuid, "Un nom qui n'a rien à faire là.");
    banc().avancer(std::chrono::minutes(25));
    CHECK(banc().direLesEchus() == 1);
    const auto id = garde.corps.at("id").get<std::string>();
    CHECK(banc().appeler("deleteSuivi", responsable(), id, nullptr, "*").status == 403);
    REQUIRE(banc().appeler("deleteSuivi", admin(), id, nullptr, "*").status == 204);
    CHECK(banc().appeler("deleteSuivi", admin(), id, nullptr, "*").status == 403);
    const auto vu = lister(membre("p1"), uuid).corps.at("suivis").at(0);
    CHECK(vu.at("html") == "");
    CHECK(vu.at("supprimeLe").is_string());
    CHECK(banc().une("SELECT description FROM suivis WHERE id = '" + id + "'").empty());
    CHECK(banc().evenements(uuid).back().at("type") == "suivi.supprime");
    CHECK(banc().appeler("deleteSuivi", admin(), "00000000-0000-4000-8000-000000000000", nullptr, "*").status == 404);
    CHECK(banc().appeler("deleteSuivi", membre("p2"), id, nullptr, "*").code == "suivi_introuvable");
}

TEST_CASE("D-80: of a vacant dwelling nothing is the usager's to read; landlords read in an injonction alone") {
    const auto vacant = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}}, "13", true);
    CHECK(ecrire(membre("p1"), vacant, "Un message assez long.", true).corps.at("visibleUsager") == false);
    auto corps = mots("Pour le bailleur aussi.");
    corps["visibleBailleur"] = true;
    CHECK(banc().appeler("createSuivi", membre("p1"), vacant, corps).corps.at("visibleBailleur") == false);
    const auto injonction = banc().dossier("INJONCTION_BAILLEUR", {{"p3", "EN_COURS"}});
    CHECK(banc().appeler("createSuivi", membre("p3"), injonction, corps).corps.at("visibleBailleur") == true);
}

TEST_CASE("what others wrote is new until it is read; what the platform writes moves no activity") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "NOUVEAU"}, {"p2", "EN_COURS"}});
    REQUIRE(banc().repondre(membre("p1"), uuid, "p1", {{"action", "accepter"}}).ok());
    CHECK(lister(membre("p2"), uuid).corps.at("derniereActiviteLe").is_null());
    REQUIRE(ecrire(membre("p1"), uuid).ok());
    const auto vu = lister(membre("p2"), uuid).corps;
    CHECK(vu.at("nonLus") == 1);
    CHECK(vu.at("derniereActiviteLe").is_string());
    CHECK(vu.at("suivis").at(0).at("lu") == false);
    CHECK(lister(membre("p1"), uuid).corps.at("nonLus") == 0);
    REQUIRE(banc().appeler("readSuivis", membre("p2"), uuid).status == 204);
    CHECK(lister(membre("p2"), uuid).corps.at("nonLus") == 0);
    CHECK(lister(membre("p2"), uuid).corps.at("suivis").at(0).at("lu") == true);
    const auto avant = lister(membre("p2"), uuid).corps.at("derniereActiviteLe");
    banc().avancer(std::chrono::hours(1));
    banc().executer("INSERT INTO suivis (id, signalement, categorie, auteur, description, visible_usager, cree_le) VALUES "
                    "(gen_random_uuid(), '" + uuid + "', 'ASK_FEEDBACK_SENT', 'systeme', 'x', false, now())");
    CHECK(lister(membre("p2"), uuid).corps.at("derniereActiviteLe") == avant);
}

TEST_CASE("a dossier deleted meanwhile: its held suivis are told to nobody") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}});
    REQUIRE(ecrire(membre("p1"), uuid).ok());
    banc().executer("UPDATE dossiers SET statut = 'ARCHIVED' WHERE signalement = '" + uuid + "'");
    banc().avancer(std::chrono::minutes(21));
    CHECK(banc().direLesEchus() >= 1);
    CHECK(dits(uuid) == 0);
}

TEST_CASE("3.6: two instances at once tell of each suivi once") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}});
    for (int i = 0; i < 40; ++i) REQUIRE(ecrire(membre("p1"), uuid, "Le message numéro " + std::to_string(i)).ok());
    banc().avancer(std::chrono::minutes(21));
    std::vector<std::thread> fils;
    for (int i = 0; i < 4; ++i) fils.emplace_back([] { banc().direLesEchus(); });
    for (auto& fil : fils) fil.join();
    CHECK(dits(uuid) == 40);
    std::set<std::string> vus;
    std::string curseur;
    for (int page = 0; page < 5; ++page) {
        std::vector<std::pair<std::string, std::string>> requete = {{"limite", "10"}};
        if (!curseur.empty()) requete.emplace_back("curseur", curseur);
        const auto reponse = banc().appeler("listSuivis", membre("p1"), uuid, nullptr, {}, requete);
        for (const auto& un : reponse.corps.at("suivis")) vus.insert(un.at("id").get<std::string>());
        if (!reponse.corps.at("suivis").empty()) curseur = reponse.corps.at("suivis").back().at("id").get<std::string>();
    }
    CHECK(vus.size() == 40);
}

TEST_CASE("the lists follow what happens to dossiers") {
    CHECK(banc().lignes("SELECT ou || ' ' || quoi || ' ' || ecart FROM recherche_ecarts").empty());
}
