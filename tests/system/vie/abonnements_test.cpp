// Who follows a dossier, by what he does and by asking. (Reference of routing, 1.6, 8.3, 8.4; of notification, 6.)
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "tests/system/vie/banc.hpp"

using namespace histologe;
using namespace histologe::routing::test;
using core::Json;

namespace {

std::set<std::string> abonnes(const std::string& uuid) {
    std::set<std::string> comptes;
    const auto reponse = banc().appeler("listAbonnements", admin(), uuid);
    for (const auto& un : reponse.corps.at("comptes")) comptes.insert(un.get<std::string>());
    return comptes;
}
auth::Principal agent(const std::string& compte, const std::string& partenaire) {
    return personne(auth::Role::Agent, {partenaire[0] == 'q' ? "30" : "13"}, {partenaire}, compte);
}
Json accepter(const std::vector<std::string>& abonnes = {}) {
    Json corps = {{"action", "accepter"}};
    if (!abonnes.empty()) corps["abonnes"] = abonnes;
    return corps;
}
bool dit(const Reponse& reponse, const std::string& code) {
    for (const auto& une : reponse.corps.at("violations")) {
        if (une.at("code") == code) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("8.4: accepting names who follows among the partner's agents; who is alone follows himself") {
    const auto anne = banc().compte("agent", {"p7"});
    const auto bob = banc().compte("agent", {"p7"});
    const auto ailleurs = banc().compte("agent", {"p8"});
    const auto uuid = banc().dossier("ACTIVE", {{"p7", "NOUVEAU"}, {"p8", "NOUVEAU"}});
    CHECK(dit(banc().repondre(agent(anne, "p7"), uuid, "p7", accepter()), "agent_requis"));
    CHECK(dit(banc().repondre(agent(anne, "p7"), uuid, "p7", accepter({ailleurs})), "agent_inconnu"));
    CHECK(banc().affectations(uuid) == "p7:NOUVEAU p8:NOUVEAU");
    REQUIRE(banc().repondre(agent(anne, "p7"), uuid, "p7", accepter({anne, bob})).ok());
    CHECK(abonnes(uuid) == std::set<std::string>{anne, bob});
    REQUIRE(banc().repondre(agent(ailleurs, "p8"), uuid, "p8", accepter()).ok());
    CHECK(abonnes(uuid) == std::set<std::string>{anne, bob, ailleurs});
    // A colleague follows already: nobody need be named.
    const auto autre = banc().dossier("ACTIVE", {{"p7", "NOUVEAU"}});
    REQUIRE(banc().appeler("subscribeDossier", agent(bob, "p7"), autre).ok());
    CHECK(banc().repondre(agent(anne, "p7"), autre, "p7", accepter()).ok());
    CHECK(abonnes(autre) == std::set<std::string>{bob});
    // A system's acceptance is everybody's.
    const auto parLogiciel = banc().dossier("ACTIVE", {{"p7", "NOUVEAU"}});
    REQUIRE(banc().repondre(logiciel("p7"), parLogiciel, "p7", {{"action", "accepter"}}).ok());
    CHECK(abonnes(parLogiciel) == std::set<std::string>{anne, bob});
}

TEST_CASE("8.3: a validation names the managers who follow; several to choose from must be chosen from") {
    const auto un = banc().compte("responsable_territoire", {"q1"});
    const auto seul = personne(auth::Role::ResponsableTerritoire, {"30"}, {"q1"}, un);
    const auto premier = banc().dossier("NEED_VALIDATION", {}, "30");
    CHECK(dit(banc().agir(admin(), premier, {{"action", "valider"}}), "agent_requis"));
    REQUIRE(banc().agir(seul, premier, {{"action", "valider"}}).ok());
    CHECK(abonnes(premier) == std::set<std::string>{un});
    const auto deux = banc().compte("responsable_territoire", {"q1"});
    const auto uuid = banc().dossier("NEED_VALIDATION", {}, "30");
    CHECK(dit(banc().agir(seul, uuid, {{"action", "valider"}}), "agent_requis"));
    CHECK(dit(banc().agir(seul, uuid, {{"action", "valider"}, {"abonnes", {banc().compte("agent", {"q1"})}}}), "agent_inconnu"));
    CHECK(banc().statut(uuid) == "NEED_VALIDATION");
    REQUIRE(banc().agir(admin(), uuid, {{"action", "valider"}, {"abonnes", {un, deux}}}).ok());
    CHECK(abonnes(uuid) == std::set<std::string>{un, deux});
    CHECK(banc().une("SELECT count(*) FROM suivis WHERE signalement = '" + uuid + "'") == "1");
}

TEST_CASE("closing or losing a dossier ends the following of the partner's agents, not of managers nor of who has it otherwise") {
    const auto simple = banc().compte("agent", {"p5"});
    const auto double_ = banc().compte("agent", {"p5", "p6"});
    const auto chef = banc().compte("responsable_territoire", {"p5"});
    const auto uuid = banc().dossier("ACTIVE", {{"p5", "EN_COURS"}, {"p6", "EN_COURS"}});
    for (const auto& compte : {simple, double_}) REQUIRE(banc().appeler("subscribeDossier", agent(compte, "p5"), uuid).ok());
    REQUIRE(banc().appeler("subscribeDossier", personne(auth::Role::ResponsableTerritoire, {"13"}, {"p5"}, chef), uuid).ok());
    REQUIRE(banc().repondre(agent(simple, "p5"), uuid, "p5", {{"action", "fermer"}, {"motif", "DOUBLON"}, {"texte", kTexte}}).ok());
    CHECK(abonnes(uuid) == std::set<std::string>{double_, chef});
    REQUIRE(banc().repartir(responsable(), uuid, {}, {"p6"}).ok());
    CHECK(abonnes(uuid) == std::set<std::string>{chef});
    // The other tests have a territoire without other managers.
    banc().executer("UPDATE comptes SET statut = 'ARCHIVE' WHERE id = '" + chef + "'");
}

TEST_CASE("8.3: the last one of a partner leaves when another takes his place, and the only one does not leave") {
    const auto seul = banc().compte("agent", {"p9"});
    const auto uuid = banc().dossier("ACTIVE", {{"p9", "EN_COURS"}});
    REQUIRE(banc().appeler("subscribeDossier", agent(seul, "p9"), uuid).ok());
    CHECK(banc().appeler("unsubscribeDossier", agent(seul, "p9"), uuid, Json::object()).code == "dernier_abonne");
    CHECK(abonnes(uuid) == std::set<std::string>{seul});
    const auto autre = banc().compte("agent", {"p9"});
    CHECK(dit(banc().appeler("unsubscribeDossier", agent(seul, "p9"), uuid, Json::object()), "agent_requis"));
    CHECK(dit(banc().appeler("unsubscribeDossier", agent(seul, "p9"), uuid, {{"remplacants", {seul}}}), "agent_requis"));
    REQUIRE(banc().appeler("unsubscribeDossier", agent(seul, "p9"), uuid, {{"remplacants", {autre}}}).ok());
    CHECK(abonnes(uuid) == std::set<std::string>{autre});
}

TEST_CASE("D-75: asked for twenty times at once, a subscription is one; a closed dossier takes no new one") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}});
    std::vector<Reponse> reponses(20);
    std::vector<std::thread> fils;
    for (auto& une : reponses) fils.emplace_back([&] { une = banc().appeler("subscribeDossier", membre("p1"), uuid); });
    for (auto& fil : fils) fil.join();
    CHECK(std::all_of(reponses.begin(), reponses.end(), [](const auto& une) { return une.status == 200; }));
    CHECK(abonnes(uuid).size() == 1);
    CHECK(banc().appeler("subscribeDossier", membre("p2"), uuid).status == 404);
    CHECK(banc().appeler("subscribeDossier", logiciel("p1"), uuid).status == 403);
    for (const auto* statut : {"CLOSED", "INJONCTION_BAILLEUR"}) {
        CHECK(banc().appeler("subscribeDossier", responsable(), banc().dossier(statut)).status == 409);
    }
}

TEST_CASE("whoever writes follows from then on, an administrator and a system do not") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}});
    for (const auto& qui : {membre("p1"), responsable(), admin(), logiciel("p1")}) {
        REQUIRE(banc().appeler("createSuivi", qui, uuid, {{"texte", "Un mot de " + qui.subject + "."}, {"visibleUsager", false}}).status == 201);
    }
    CHECK(abonnes(uuid) == std::set<std::string>{"agent-p1", "responsable"});
}
