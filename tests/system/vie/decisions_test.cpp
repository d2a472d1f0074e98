// What is written with each decision: dates, motives, suivis, history, events. (Reference of routing, 3, 8.3, 8.4, 9.)
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>

#include "libs/core/files.hpp"
#include "libs/http/schema.hpp"
#include "tests/system/vie/banc.hpp"

using namespace histologe;
using namespace histologe::routing::test;
using core::Json;

namespace {

std::string champ(const std::string& uuid, const std::string& expression) {
    return banc().une("SELECT coalesce((" + expression + ")::text, '') FROM dossiers WHERE signalement = '" + uuid + "'");
}
std::string suivis(const std::string& uuid) {
    return banc().lignes("SELECT categorie || ' ' || auteur || ' ' || visible_usager FROM suivis WHERE signalement = '" + uuid + "' ORDER BY cree_le, categorie, auteur");
}
Json fermeture(bool visible = true) {
    return {{"action", "fermer"}, {"motif", "PERIL"}, {"texte", kTexte}, {"visibleUsager", visible}};
}
std::set<std::string> fautes(const Reponse& reponse) {
    std::set<std::string> champs;
    for (const auto& une : reponse.corps.at("violations")) champs.insert(une.at("champ").get<std::string>() + " " + une.at("code").get<std::string>());
    return champs;
}

}  // namespace

TEST_CASE("8.3: a validation is dated, told to the usager, and done once") {
    const auto uuid = banc().dossier("NEED_VALIDATION");
    const auto reponse = banc().agir(responsable(), uuid, {{"action", "valider"}});
    REQUIRE(reponse.status == 200);
    CHECK(reponse.corps.at("statut") == "ACTIVE");
    CHECK(champ(uuid, "valide_le IS NOT NULL") == "true");
    CHECK(suivis(uuid) == "SIGNALEMENT_IS_ACTIVE Administration true");
    CHECK(banc().agir(responsable(), uuid, {{"action", "valider"}}).status == 409);
}

TEST_CASE("8.3, P-032: a refusal needs one of three motives and ten characters") {
    const auto uuid = banc().dossier("NEED_VALIDATION");
    CHECK(fautes(banc().agir(responsable(), uuid, {{"action", "refuser"}})) == std::set<std::string>{"motif requis", "texte trop_court"});
    CHECK(fautes(banc().agir(responsable(), uuid, {{"action", "refuser"}, {"motif", "PERIL"}, {"texte", "neuf car."}})) ==
          std::set<std::string>{"motif valeur_inconnue", "texte trop_court"});
    CHECK(banc().statut(uuid) == "NEED_VALIDATION");
    REQUIRE(banc().agir(responsable(), uuid, {{"action", "refuser"}, {"motif", "DOUBLON"}, {"texte", kTexte}}).ok());
    CHECK(champ(uuid, "motif_refus") == "DOUBLON");
    CHECK(champ(uuid, "valide_le") == "");
    CHECK(banc().une("SELECT description FROM suivis WHERE signalement = '" + uuid + "'") ==
          std::string("Le signalement n'est pas retenu.\nMotif : ce logement a déjà un dossier.\nPlus précisément : ") + kTexte);
}

TEST_CASE("P-026, P-027: what is half right changes nothing at all") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}});
    const auto avant = banc().version(uuid);
    auto corps = fermeture();
    corps["motif"] = "LOGEMENT_MIS_EN_CONFORMITE";  // of the other list
    CHECK(fautes(banc().agir(responsable(), uuid, corps)) == std::set<std::string>{"motif valeur_inconnue"});
    CHECK(banc().repartir(responsable(), uuid, {"p2", "q1"}, {"p1"}).status == 400);
    CHECK(banc().affectations(uuid) == "p1:EN_COURS");
    CHECK(banc().version(uuid) == avant);
    CHECK(banc().evenements(uuid).size() == 1);
    CHECK(suivis(uuid).empty());
}

TEST_CASE("3.3: closing for all notes why and when, closes who waits and who works, and leaves who refused") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}, {"p2", "NOUVEAU"}, {"p5", "REFUSE"}, {"p6", "FERME"}});
    REQUIRE(banc().agir(responsable(), uuid, fermeture()).ok());
    CHECK(champ(uuid, "motif_cloture || ' ' || clos_par || ' ' || (clos_le IS NOT NULL)") == "PERIL responsable true");
    CHECK(banc().affectations(uuid) == "p1:FERME p2:FERME p5:REFUSE p6:FERME");
    CHECK(banc().lignes("SELECT partenaire || coalesce(motif_cloture, '') FROM affectations WHERE signalement = '" + uuid + "' ORDER BY 1") ==
          "p1PERIL\np2PERIL\np5\np6");
    CHECK(suivis(uuid) == "SIGNALEMENT_IS_CLOSED Administration true");
    CHECK(banc().une("SELECT motif_cloture FROM recherche WHERE signalement = '" + uuid + "'") == "PERIL");
    const auto dits = banc().evenements(uuid);
    REQUIRE(dits.size() == 5);
    CHECK(dits[1].at("data").at("motifCloture") == "PERIL");
    CHECK(dits[1].at("data").at("ancien") == "ACTIVE");
    // Told to those who had it: the closing takes it from them in the same act.
    std::set<std::string> informes;
    for (const auto& un : dits[2].at("personnel").at("partenaires")) informes.insert(un.at("id").get<std::string>());
    CHECK(informes == std::set<std::string>{"p1", "p2"});
    CHECK(banc().agir(responsable(), uuid, {{"action", "fermer"}}).status == 409);
}

TEST_CASE("quirk 6: a reopened dossier is neither closed nor refused any more; what it was stays in its history") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}, {"p2", "EN_COURS"}});
    REQUIRE(banc().agir(responsable(), uuid, fermeture(false)).ok());
    CHECK(fautes(banc().agir(responsable(), uuid, {{"action", "rouvrir"}})) ==
          std::set<std::string>{"partenaires requis", "visibleUsager requis"});
    CHECK(fautes(banc().agir(responsable(), uuid, {{"action", "rouvrir"}, {"visibleUsager", true}, {"partenaires", {"p5", "p1", "p1"}}})) ==
          std::set<std::string>{"partenaires.0 affectation_non_rouvrable", "partenaires.2 en_double"});
    REQUIRE(banc().agir(responsable(), uuid, {{"action", "rouvrir"}, {"visibleUsager", true}, {"partenaires", {"p1"}}}).ok());
    CHECK(champ(uuid, "coalesce(motif_cloture, '') || coalesce(clos_par, '') || coalesce(clos_le::text, '') || coalesce(commentaire_cloture, '')").empty());
    CHECK(banc().une("SELECT coalesce(motif_cloture, '') FROM recherche WHERE signalement = '" + uuid + "'").empty());
    CHECK(banc().affectations(uuid) == "p1:NOUVEAU p2:FERME");
    CHECK(banc().une("SELECT coalesce(motif_cloture, '') || coalesce(repondu_le::text, '') FROM affectations WHERE signalement = '" + uuid + "' AND partenaire = 'p1'").empty());
    CHECK(suivis(uuid) == "SIGNALEMENT_IS_CLOSED Administration false\nSIGNALEMENT_IS_REOPENED Administration true");
    const auto lignes = banc().appeler("listHistorique", responsable(), uuid).corps.at("lignes");
    Json fermee = nullptr;
    for (const auto& une : lignes) {
        if (une.at("objet") == "dossier" && une.at("action") == "fermer") fermee = une;
    }
    REQUIRE(fermee.is_object());
    CHECK(fermee.at("apres").at("motifCloture") == "PERIL");
    CHECK(fermee.at("acteur") == "responsable");
    CHECK(fermee.at("role") == "responsable_territoire");
}

TEST_CASE("quirk 5: reopening is for managers; a partner reopens what is his, in a dossier that is open") {
    const auto uuid = banc().dossier("CLOSED", {{"p1", "FERME"}});
    CHECK(banc().agir(membre("p1"), uuid, {{"action", "rouvrir"}, {"visibleUsager", true}, {"partenaires", Json::array()}}).status == 403);
    CHECK(banc().repondre(membre("p1"), uuid, "p1", {{"action", "rouvrir"}, {"visibleUsager", true}}).status == 409);
    REQUIRE(banc().agir(responsable(), uuid, {{"action", "rouvrir"}, {"visibleUsager", false}, {"partenaires", Json::array()}}).ok());
    CHECK(banc().affectations(uuid) == "p1:FERME");
    CHECK(banc().repondre(membre("p1"), uuid, "p1", {{"action", "rouvrir"}, {"visibleUsager", true}}).ok());
    CHECK(banc().affectations(uuid) == "p1:NOUVEAU");
}

TEST_CASE("3.4: deleting takes the dossier from who had not answered; an administrator brings it back") {
    const auto uuid = banc().dossier("REFUSED", {{"p1", "NOUVEAU"}, {"p2", "REFUSE"}});
    REQUIRE(banc().agir(responsable(), uuid, {{"action", "archiver"}}).ok());
    CHECK(banc().affectations(uuid) == "p2:REFUSE");
    CHECK(banc().appeler("getTransitionsDossier", responsable(), uuid).status == 404);
    REQUIRE(banc().agir(admin(), uuid, {{"action", "desarchiver"}}).ok());
    CHECK(banc().statut(uuid) == "ACTIVE");
    CHECK(champ(uuid, "valide_le IS NOT NULL AND motif_refus IS NULL") == "true");
}

TEST_CASE("3.5: closing an affectation asks about the works for some motives, and keeps nothing of it for others") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "EN_COURS"}, {"p2", "EN_COURS"}});
    Json corps = {{"action", "fermer"}, {"motif", "DEPART_OCCUPANT"}, {"texte", kTexte}};
    CHECK(fautes(banc().repondre(membre("p1"), uuid, "p1", corps)) == std::set<std::string>{"travaux requis"});
    corps["travaux"] = "EN_COURS";
    REQUIRE(banc().repondre(membre("p1"), uuid, "p1", corps).ok());
    corps["motif"] = "DOUBLON";
    REQUIRE(banc().repondre(membre("p2"), uuid, "p2", corps).ok());
    CHECK(banc().lignes("SELECT motif_cloture || ' ' || coalesce(travaux, '-') || ' ' || repondu_par FROM affectations WHERE signalement = '" + uuid + "' ORDER BY partenaire") ==
          "DEPART_OCCUPANT EN_COURS agent-p1\nDOUBLON - agent-p2");
    CHECK(banc().statut(uuid) == "ACTIVE");
    CHECK(suivis(uuid) == "AFFECTATION_IS_CLOSED Partenaire p1 false\nAFFECTATION_IS_CLOSED Partenaire p2 false");
    CHECK(banc().repondre(logiciel("p1"), uuid, "p1", {{"action", "rouvrir"}}).status == 400);
    REQUIRE(banc().repondre(logiciel("p1"), uuid, "p1", {{"action", "rouvrir"}, {"visibleUsager", false}}).ok());
    CHECK(suivis(uuid) == "AFFECTATION_IS_CLOSED Partenaire p1 false\nAFFECTATION_IS_CLOSED Partenaire p2 false");
}

TEST_CASE("8.4: the usager is told of the first acceptance, once; of an imported dossier, never") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "NOUVEAU"}, {"p2", "NOUVEAU"}});
    REQUIRE(banc().repondre(membre("p1"), uuid, "p1", {{"action", "accepter"}}).ok());
    CHECK(suivis(uuid) == "AFFECTATION_IS_ACCEPTED systeme true");
    REQUIRE(banc().repondre(membre("p2"), uuid, "p2", {{"action", "accepter"}}).ok());
    CHECK(suivis(uuid) == "AFFECTATION_IS_ACCEPTED systeme true");
    const auto injonction = banc().dossier("INJONCTION_BAILLEUR", {{"p3", "NOUVEAU"}});
    REQUIRE(banc().repondre(membre("p3"), injonction, "p3", {{"action", "accepter"}}).ok());
    CHECK(suivis(injonction).empty());
    const auto importe = banc().dossier("ACTIVE", {{"p1", "NOUVEAU"}});
    banc().executer("UPDATE recherche SET importe = true WHERE signalement = '" + importe + "'");
    REQUIRE(banc().repondre(membre("p1"), importe, "p1", {{"action", "accepter"}}).ok());
    CHECK(suivis(importe).empty());
}

TEST_CASE("8.4, quirk 15: assignment is by explicit lists, of partners of the territoire that still exist") {
    const auto uuid = banc().dossier("ACTIVE");
    REQUIRE(banc().repartir(responsable(), uuid, {"p1", "p2", "p5"}).ok());
    CHECK(banc().affectations(uuid) == "p1:NOUVEAU p2:NOUVEAU p5:NOUVEAU");
    CHECK(fautes(banc().repartir(responsable(), uuid, {"p4", "q1", "p6", "p6", "inconnu"})) ==
          std::set<std::string>{"ajouter.0 partenaire_non_affectable", "ajouter.1 partenaire_non_affectable", "ajouter.2 en_double",
                                "ajouter.3 en_double", "ajouter.4 partenaire_non_affectable"});
    CHECK(fautes(banc().repartir(responsable(), uuid, {}, {"p9"})) == std::set<std::string>{"retirer.0 partenaire_sans_dossier"});
    CHECK(banc().repartir(responsable(), uuid, {}, {}).status == 400);
    CHECK(banc().repartir(responsable(), uuid, {"p1"}).status == 409);
    CHECK(banc().repartir(membre("p1"), uuid, {"p6"}).status == 403);
    CHECK(banc().affectations(uuid) == "p1:NOUVEAU p2:NOUVEAU p5:NOUVEAU");
    REQUIRE(banc().repartir(responsable(), uuid, {"p6"}, {"p1", "p5"}).ok());
    CHECK(banc().affectations(uuid) == "p2:NOUVEAU p6:NOUVEAU");
    std::map<std::string, int> dits;
    for (const auto& un : banc().evenements(uuid)) ++dits[un.at("type").get<std::string>()];
    CHECK(dits["affectation.creee"] == 4);
    CHECK(dits["affectation.retiree"] == 2);
}

TEST_CASE("8.4: in an injonction only partners that help landlords are given it; 6.3: nobody is before validation") {
    const auto uuid = banc().dossier("INJONCTION_BAILLEUR");
    CHECK(banc().repartir(responsable(), uuid, {"p1"}).status == 400);
    CHECK(banc().repartir(responsable(), uuid, {"p3"}).ok());
    const auto nouveau = banc().dossier("NEED_VALIDATION");
    CHECK(banc().repartir(admin(), nouveau, {"p1"}).status == 409);
}

TEST_CASE("3.5: an affectation that is begun again is another one, told of as new") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "REFUSE"}});
    const auto ancienne = banc().affectation(uuid, "p1");
    REQUIRE(banc().repondre(responsable(), uuid, "p1", {{"action", "reinitialiser"}}).ok());
    CHECK(banc().affectations(uuid) == "p1:NOUVEAU");
    CHECK(banc().affectation(uuid, "p1") != ancienne);
    const auto dits = banc().evenements(uuid);
    REQUIRE(dits.size() == 3);
    CHECK(dits[1].at("type") == "affectation.retiree");
    CHECK(dits[2].at("type") == "affectation.creee");
    CHECK(dits[2].at("personnel").at("partenaire").at("courriel") == "p1@example.org");
}

TEST_CASE("D-77: a partner's mailbox is not told of what its own agents do; D-80: nobody reads of a vacant dwelling") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "NOUVEAU"}, {"p2", "EN_COURS"}});
    REQUIRE(banc().repondre(membre("p1"), uuid, "p1", {{"action", "refuser"}, {"motif", "AUTRE"}, {"texte", kTexte}}).ok());
    const auto dits = banc().evenements(uuid);
    const auto& dit = dits.back();
    REQUIRE(dit.at("type") == "suivi.cree");
    REQUIRE(dit.at("personnel").at("partenaires").size() == 1);
    CHECK(dit.at("personnel").at("partenaires").at(0).at("id") == "p2");
    CHECK(dit.at("data").at("acteur").at("partenaire") == "p1");
    const auto vacant = banc().dossier("NEED_VALIDATION", {}, "13", true);
    REQUIRE(banc().agir(responsable(), vacant, {{"action", "valider"}}).ok());
    CHECK(suivis(vacant) == "SIGNALEMENT_IS_ACTIVE Administration false");
}

TEST_CASE("P-028: every event of a dossier's life is what api/events describes, in order") {
    const auto uuid = banc().dossier("NEED_VALIDATION");
    REQUIRE(banc().agir(responsable(), uuid, {{"action", "valider"}}).ok());
    REQUIRE(banc().repartir(responsable(), uuid, {"p1", "p2"}).ok());
    REQUIRE(banc().repondre(membre("p1"), uuid, "p1", {{"action", "accepter"}}).ok());
    REQUIRE(banc().repondre(membre("p2"), uuid, "p2", {{"action", "refuser"}, {"motif", "AUTRE"}, {"texte", kTexte}}).ok());
    const auto ecrit = banc().appeler("createSuivi", membre("p1"), uuid, {{"texte", "<p>Nous passons mardi.</p>"}, {"visibleUsager", true}});
    REQUIRE(ecrit.status == 201);
    banc().avancer(std::chrono::minutes(21));
    CHECK(banc().direLesEchus() >= 1);
    const auto id = ecrit.corps.at("id").get<std::string>();
    REQUIRE(banc().appeler("deleteSuivi", admin(), id, nullptr, "*").status == 204);
    REQUIRE(banc().repondre(membre("p1"), uuid, "p1", {{"action", "fermer"}, {"motif", "AUTRE"}, {"travaux", "OUI"}, {"texte", kTexte}}).ok());
    REQUIRE(banc().repondre(responsable(), uuid, "p1", {{"action", "retirer"}}).ok());
    REQUIRE(banc().agir(responsable(), uuid, fermeture()).ok());
    std::map<std::string, int> vus;
    for (const auto& dit : banc().evenements(uuid)) {
        const auto type = dit.at("type").get<std::string>();
        ++vus[type];
        auto schema = core::parseJson(core::readFile(std::string(HISTOLOGE_SOURCE_DIR) + "/api/events/" + type + ".json"));
        for (const char* nom : {"$schema", "$id"}) schema.erase(nom);
        Json evenement = {{"specversion", "1.0"}, {"id", uuid}, {"type", type}, {"source", "routing"}, {"subject", uuid},
                          {"time", "2026-11-25T09:00:00Z"}, {"datacontenttype", "application/json"}, {"data", dit.at("data")}};
        if (!dit.at("personnel").empty()) evenement["personnel"] = dit.at("personnel");
        for (const auto& faute : http::SchemaCompiler(Json::object()).compile(schema, type).check(evenement)) {
            FAIL_CHECK(type << " " << faute.champ << " " << faute.code);
        }
    }
    CHECK(vus == std::map<std::string, int>{{"affectation.creee", 2}, {"affectation.modifiee", 3}, {"affectation.retiree", 1}, {"dossier.cree", 1},
                                            {"dossier.statut_modifie", 2}, {"suivi.cree", 6}, {"suivi.supprime", 1}});
}

TEST_CASE("the history tells who did what, page by page, and what rules do is the platform's") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "NOUVEAU"}});
    REQUIRE(banc().repondre(membre("p1"), uuid, "p1", {{"action", "accepter"}}).ok());
    REQUIRE(banc().agir(responsable(), uuid, fermeture()).ok());
    const auto page = banc().appeler("listHistorique", membre("p1"), uuid, nullptr, {}, {{"limite", "2"}});
    REQUIRE(page.corps.at("lignes").size() == 2);
    const auto suite = banc().appeler("listHistorique", membre("p1"), uuid, nullptr, {},
                                      {{"limite", "2"}, {"curseur", std::to_string(page.corps.at("lignes").at(1).at("rang").get<long long>())}});
    REQUIRE(suite.corps.at("lignes").size() == 1);
    const auto& premiere = suite.corps.at("lignes").at(0);
    CHECK(premiere.at("action") == "accepter");
    CHECK(premiere.at("acteur") == "agent-p1");
    CHECK(premiere.at("auNomDe").at("nom") == "Partenaire p1");
    CHECK(premiere.at("avant").at("statut") == "NOUVEAU");
    CHECK(premiere.at("apres").at("statut") == "EN_COURS");
    CHECK(banc().appeler("listHistorique", membre("p1"), uuid, nullptr, {}, {{"curseur", "abc"}}).status == 400);
    banc().executer("UPDATE affectations SET statut = 'NOUVEAU' WHERE signalement = '" + uuid + "'");
    CHECK(banc().une("SELECT acteur || role FROM historique WHERE signalement = '" + uuid + "' ORDER BY rang DESC LIMIT 1") == "systemesysteme");
}

TEST_CASE("rules that come late give a dossier to nobody twice, and bring no refused or closed one back (quirk 2)") {
    const auto oriente = [](const std::string& uuid) {
        // Without a position no rule gives it to anybody.
        banc().executer("UPDATE dossiers SET oriente_le = NULL, longitude = 5.37, latitude = 43.3 WHERE signalement = '" + uuid + "'");
        banc().orienter(uuid);
        banc().executer("UPDATE dossiers SET longitude = NULL, latitude = NULL WHERE signalement = '" + uuid + "'");
        return banc().statut(uuid) + " " + banc().affectations(uuid);
    };
    banc().regler(true);
    CHECK(oriente(banc().dossier("NEED_VALIDATION")) == "ACTIVE p5:NOUVEAU p6:NOUVEAU p7:NOUVEAU p8:NOUVEAU p9:NOUVEAU");
    CHECK(oriente(banc().dossier("ACTIVE", {{"p5", "REFUSE"}, {"p6", "EN_COURS"}})) == "ACTIVE p5:REFUSE p6:EN_COURS p7:NOUVEAU p8:NOUVEAU p9:NOUVEAU");
    CHECK(oriente(banc().dossier("NEED_VALIDATION", {{"p5", "NOUVEAU"}})) == "ACTIVE p5:NOUVEAU p6:NOUVEAU p7:NOUVEAU p8:NOUVEAU p9:NOUVEAU");
    for (const auto* statut : {"REFUSED", "CLOSED", "ARCHIVED", "INJONCTION_BAILLEUR", "INJONCTION_CLOSED"}) {
        CHECK(oriente(banc().dossier(statut)) == std::string(statut) + " ");
    }
    banc().regler(false);
}
