// The table of permissions of the platform in service, row by row: role x action x condition. (Reference of routing, 6; rows in
// tests/golden/permissions.json.) Each row is tried over HTTP here, or held by a test named here, or named as not covered yet.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <set>

#include "libs/core/files.hpp"
#include "libs/core/text.hpp"
#include "tests/system/droits/scene.hpp"

using namespace histologe;
using namespace histologe::droits;
using core::Json;

namespace {

const std::vector<std::string> kStatuts = {"NEED_VALIDATION", "ACTIVE", "CLOSED", "REFUSED", "ARCHIVED", "INJONCTION_BAILLEUR", "INJONCTION_CLOSED"};
const std::vector<std::string> kAffectations = {"NOUVEAU", "EN_COURS", "REFUSE", "FERME"};

bool parmi(const std::string& texte, std::initializer_list<const char*> liste) {
    return std::any_of(liste.begin(), liste.end(), [&](const char* un) { return texte == un; });
}

// In the words of the table: SA, RT of the territoire, partner whose partner is affected.
bool sa(const Lecteur& qui) { return qui.genre == 'S'; }
bool rt(const Lecteur& qui) { return qui.genre == 'R' && qui.estDIci; }
bool partenaire(const Lecteur& qui) { return (qui.genre == 'P' || qui.genre == 'A') && qui.estDIci; }
bool systeme(const Lecteur& qui) { return qui.genre == 'I' && qui.estDIci; }

bool estRefus(int status) { return status == 401 || status == 403 || status == 404; }

// Tries something in every status of the dossier and of the affectation, by everybody.
void partout(const std::function<void(const Lecteur&, const std::string& statut, const std::string& affectation)>& essayer,
             const std::vector<std::string>& affectations = {"EN_COURS"}) {
    for (const auto& statut : kStatuts) {
        for (const auto& affectation : affectations) {
            poser(statut, affectation);
            for (const auto& qui : scene().lecteurs) {
                if (qui.genre == 'U' || qui.genre == 'B' || qui.genre == '0') continue;
                INFO(qui.nom << " " << statut << " " << affectation);
                essayer(qui, statut, affectation);
            }
        }
    }
    poser("ACTIVE", "EN_COURS");
}

using Regle = std::function<bool(const Lecteur&, const std::string& statut, const std::string& affectation)>;

// The actions that the service offers to a reader, on the dossier and on the partner's affectation.
struct Offertes {
    std::set<std::string> dossier;
    std::set<std::string> affectation;
};
Offertes demanderOffertes(const Lecteur& qui) {
    Offertes actions;
    const auto answer = qui.demander("GET", "/dossiers/" + scene().dossier.uuid + "/transitions");
    if (answer.status != 200) return actions;
    const auto etat = answer.json();
    for (const auto& une : etat.at("permises")) actions.dossier.insert(une.at("action").get<std::string>());
    if (etat.at("affecter") == true) actions.dossier.insert("affecter");
    for (const auto& affectation : etat.at("affectations")) {
        if (affectation.at("id") != scene().affectation) continue;
        for (const auto& une : affectation.at("permises")) actions.affectation.insert(une.at("action").get<std::string>());
    }
    return actions;
}
// Asked once for each reader and state: all rows of transitions look at the same answers.
const std::set<std::string>& offertes(const Lecteur& qui, const std::string& statut, const std::string& affectation, bool surAffectation) {
    static std::map<std::string, Offertes> kDemandees;
    const auto cle = qui.nom + "|" + statut + "|" + affectation;
    auto place = kDemandees.find(cle);
    if (place == kDemandees.end()) place = kDemandees.emplace(cle, demanderOffertes(qui)).first;
    return surAffectation ? place->second.affectation : place->second.dossier;
}

// What is offered is what the row allows; what it does not allow is refused when it is asked for all the same.
void transition(const std::string& action, bool surAffectation, const Regle& permise) {
    partout(
        [&](const Lecteur& qui, const std::string& statut, const std::string& affectation) {
            INFO(action);
            const bool peut = permise(qui, statut, affectation);
            CHECK(offertes(qui, statut, affectation, surAffectation).contains(action) == peut);
            if (peut || action == "affecter") return;
            const auto chemin = surAffectation ? "/affectations/" + scene().affectation : "/dossiers/" + scene().dossier.uuid;
            const auto answer = qui.demander("POST", chemin + "/transitions",
                                             {{"action", action}, {"motif", "PERIL"}, {"texte", "Dix lettres au moins."}, {"visibleUsager", false}},
                                             {{"If-Match", "*"}});
            INFO(answer.status << " " << answer.body);
            CHECK((estRefus(answer.status) || answer.status == 409 || answer.status == 412 || answer.status == 400));
        },
        surAffectation ? kAffectations : std::vector<std::string>{"EN_COURS"});
}

// A correction that nobody's version allows: 412 says that the right is there.
void section(const std::string& nom, const Json& corps, const Regle& permise, const std::vector<std::string>& affectations) {
    partout(
        [&](const Lecteur& qui, const std::string& statut, const std::string& affectation) {
            const auto answer = qui.demander("PATCH", "/signalements/" + scene().dossier.uuid + "/sections/" + nom, corps, {{"If-Match", "\"999999\""}});
            INFO(nom << " " << answer.status << " " << answer.body);
            if (permise(qui, statut, affectation)) {
                CHECK(answer.status == 412);
            } else {
                CHECK(estRefus(answer.status));
            }
        },
        affectations);
}

void voir(const std::string& chemin) {
    partout(
        [&](const Lecteur& qui, const std::string& statut, const std::string&) {
            const bool peut = sa(qui) || ((rt(qui) || partenaire(qui) || systeme(qui)) && statut != "ARCHIVED");
            CHECK(qui.demander("GET", chemin).status == (peut ? 200 : 404));
        },
        kAffectations);
    for (const auto* brouillon : {"DRAFT", "DRAFT_ARCHIVED"}) {
        poser(brouillon, "EN_COURS");
        for (const auto& qui : scene().lecteurs) {
            INFO(qui.nom << " " << brouillon);
            CHECK(estRefus(qui.demander("GET", chemin).status));
        }
    }
    poser("ACTIVE", "EN_COURS");
}

// A suivi that is too short: 400 says that the right is there, and nothing is written.
void ecrireSuivi(const Regle& permise) {
    partout(
        [&](const Lecteur& qui, const std::string& statut, const std::string& affectation) {
            const auto answer = qui.demander("POST", "/dossiers/" + scene().dossier.uuid + "/suivis", {{"texte", "Court."}, {"visibleUsager", false}});
            INFO(answer.status << " " << answer.body.substr(0, 200));
            if (permise(qui, statut, affectation)) {
                CHECK(answer.status == 400);
            } else {
                CHECK((estRefus(answer.status) || answer.status == 409));
            }
        },
        kAffectations);
}

void saisie() {
    const auto chemin = "/agents/brouillons/" + scene().saisie;
    for (const auto& qui : scene().lecteurs) {
        INFO(qui.nom);
        const bool sienne = qui.nom == "agent" || sa(qui);
        CHECK((qui.demander("GET", chemin).status == 200) == sienne);
        const auto etape = qui.demander("PUT", chemin + "/etapes/logement", {{"nombrePieces", 3}}, {{"If-Match", "\"999999\""}});
        CHECK((sienne ? etape.status == 412 : estRefus(etape.status)));
        if (!sienne) CHECK(estRefus(qui.demander("DELETE", chemin).status));
    }
}

// On the agent's account of the affected partner, with a version that it does not have.
void compte(const Regle& permise, const std::string& methode, const std::string& suite, const Json& corps) {
    for (const auto& qui : scene().lecteurs) {
        const auto answer = qui.demander(methode, "/comptes/" + scene().compte + suite, corps, {{"If-Match", "\"999999\""}});
        INFO(qui.nom << " " << suite << " " << answer.status << " " << answer.body);
        if (permise(qui, "", "")) {
            CHECK_FALSE(estRefus(answer.status));
        } else {
            CHECK(estRefus(answer.status));
        }
    }
}

void onglets() {
    const std::map<char, std::string> roles = {{'S', "ROLE_ADMIN"}, {'R', "ROLE_ADMIN_TERRITORY"}, {'P', "ROLE_ADMIN_PARTNER"}, {'A', "ROLE_USER_PARTNER"}};
    const auto table = core::parseJson(core::readFile(HISTOLOGE_SOURCE_DIR "/tests/golden/dashboard_tabs.json")).at("tabs");
    for (const auto& qui : scene().lecteurs) {
        INFO(qui.nom);
        const auto answer = qui.demander("GET", "/tableau-de-bord");
        if (!roles.contains(qui.genre)) {
            CHECK(estRefus(answer.status));
            continue;
        }
        REQUIRE(answer.status == 200);
        for (const auto& tab : table) {
            const bool voulu = std::find(tab.at("roles").begin(), tab.at("roles").end(), roles.at(qui.genre)) != tab.at("roles").end();
            if (!voulu) CHECK(answer.body.find(tab.at("type").dump()) == std::string::npos);
        }
    }
}

bool traite(const std::string& statut) { return parmi(statut, {"ACTIVE", "INJONCTION_BAILLEUR"}); }

// A row of the table: what tries it; else the test that holds it; else why nothing does yet.
struct Ligne {
    std::function<void()> essai;
    std::string fichier{};
    std::string cas{};
    std::string raison{};
};
Ligne ici(std::function<void()> essai) { return {std::move(essai)}; }
Ligne ailleurs(const char* fichier, const char* cas) { return {nullptr, fichier, cas}; }
Ligne pasEncore(const char* raison) { return {nullptr, "", "", raison}; }

const std::map<std::string, Ligne>& lignes() {
    const auto pilote = [](std::initializer_list<const char*> statuts) {
        return [statuts = std::vector<std::string>(statuts.begin(), statuts.end())](const Lecteur& qui, const std::string& statut, const std::string&) {
            return (sa(qui) || rt(qui)) && std::find(statuts.begin(), statuts.end(), statut) != statuts.end();
        };
    };
    // The affectation's own people, managers who are not members left out; systems by their own rows.
    const auto membre = [](std::initializer_list<const char*> etats) {
        return [etats = std::vector<std::string>(etats.begin(), etats.end())](const Lecteur& qui, const std::string& statut, const std::string& etat) {
            const bool ouvert = systeme(qui) ? statut == "ACTIVE" : traite(statut);
            return (partenaire(qui) || systeme(qui)) && ouvert && std::find(etats.begin(), etats.end(), etat) != etats.end();
        };
    };
    const auto editionActive = [](const Lecteur& qui, const std::string& statut, const std::string& etat) {
        return sa(qui) || (statut == "ACTIVE" && (rt(qui) || ((partenaire(qui) || systeme(qui)) && etat == "EN_COURS")));
    };
    static const std::map<std::string, Ligne> kLignes = {
        {"SIGN_VALIDATE", ici([=] { transition("valider", false, pilote({"NEED_VALIDATION"})); })},
        {"SIGN_CLOSE", ici([=] { transition("fermer", false, pilote({"ACTIVE"})); })},
        {"SIGN_REOPEN", ici([=] { transition("rouvrir", false, pilote({"CLOSED", "REFUSED"})); })},
        {"SIGN_DELETE", ici([=] { transition("archiver", false, pilote({"CLOSED", "REFUSED"})); })},
        {"SIGN_EDIT_ACTIVE", ici([=] { section("coordonnees-agence", {{"nom", "Agence"}}, editionActive, kAffectations); })},
        {"SIGN_EDIT_ADDRESS", ici([=] {
             section("adresse", {{"etage", "2"}}, [=](const Lecteur& qui, const std::string& statut, const std::string& etat) {
                 return editionActive(qui, statut, etat) || (statut == "NEED_VALIDATION" && rt(qui));
             }, {"EN_COURS", "NOUVEAU"});
         })},
        {"SIGN_SWITCH_LOGEMENT_VACANT", ici([=] { section("logement-vacant", {{"vacant", true}}, pilote({"NEED_VALIDATION", "ACTIVE"}), {"EN_COURS"}); })},
        {"SIGN_EDIT_DRAFT / SIGN_DELETE_DRAFT", ici(saisie)},
        {"SIGN_VIEW", ici([] {
             voir("/dossiers/" + scene().dossier.uuid);
             voir("/signalements/" + scene().dossier.uuid);
         })},
        {"SIGN_AFFECTATION_TOGGLE", ici([=] { transition("affecter", false, pilote({"ACTIVE", "INJONCTION_BAILLEUR"})); })},
        {"SIGN_INJONCTION_CLOSE", ici([=] {
             transition("fermer_injonction", false, [](const Lecteur& qui, const std::string& statut, const std::string&) {
                 return sa(qui) && statut == "INJONCTION_BAILLEUR";
             });
         })},
        {"AFFECTATION_ACCEPT_OR_REFUSE", ici([=] {
             transition("accepter", true, membre({"NOUVEAU", "REFUSE"}));
             transition("refuser", true, membre({"NOUVEAU"}));
         })},
        // A refusal is taken back by accepting.
        {"AFFECTATION_CANCEL_REFUSED", ici([=] { transition("accepter", true, membre({"NOUVEAU", "REFUSE"})); })},
        {"AFFECTATION_CLOSE", ici([=] { transition("fermer", true, membre({"EN_COURS"})); })},
        {"AFFECTATION_REOPEN", ici([=] { transition("rouvrir", true, membre({"FERME"})); })},
        {"AFFECTATION_REINIT", ici([=] {
             transition("reinitialiser", true, [](const Lecteur& qui, const std::string& statut, const std::string& etat) {
                 return (sa(qui) || rt(qui)) && traite(statut) && parmi(etat, {"FERME", "REFUSE"});
             });
         })},
        {"API_AFFECTATION_UPDATE", ailleurs("tests/system/droits/permissions_test.cpp", "AFFECTATION_ACCEPT_OR_REFUSE")},
        {"API_AFFECTATION_UPDATE_STATUS", ailleurs("tests/system/vie/transitions_test.cpp", "P-031: every status, every action on a dossier")},
        {"USER_EDIT", ici([] { compte([](const Lecteur& qui, const auto&, const auto&) { return sa(qui) || rt(qui) || (qui.genre == 'P' && qui.estDIci); }, "PATCH", "", {{"prenom", "Ada"}}); })},
        {"USER_DELETE / USER_TRANSFER", ailleurs("tests/system/droits/operations.cpp", "transferCompte")},
        {"USER_DISABLE", ailleurs("tests/system/droits/operations.cpp", "disableCompte")},
        {"PARTNER_EDIT / PARTNER_USER_CREATE", ailleurs("tests/system/comptes/gestion_test.cpp", "accounts are opened where one may, with a role no higher than one's own")},
        {"PARTNER_ASSIGN_PERMISSION_AFFECTATION", ailleurs("tests/unit/routing/comptes_test.cpp", "peutPermettreAffectation")},
        {"TAB_PANEL_VIEW", ici(onglets)},
        // The row of systems with that of people: theirs is of active dossiers alone.
        {"SIGN_CREATE_SUIVI", ici([] {
             ecrireSuivi([](const Lecteur& qui, const std::string& statut, const std::string& etat) {
                 if (systeme(qui)) return statut == "ACTIVE" && etat == "EN_COURS";
                 return traite(statut) && (sa(qui) || rt(qui) || (partenaire(qui) && etat == "EN_COURS"));
             });
         })},
        {"API_ADD_SUIVI", ailleurs("tests/system/droits/permissions_test.cpp", "SIGN_CREATE_SUIVI")},
        {"SUIVI_EDIT", ailleurs("tests/system/vie/suivis_test.cpp", "4.3: twenty minutes to change or take back")},
        {"SUIVI_DELETE", ailleurs("tests/system/vie/suivis_test.cpp", "an administrator erases any")},
        {"SIGN_SUBSCRIBE", ailleurs("tests/system/vie/abonnements_test.cpp", "D-75")},
        {"PARTNER_DELETE", ailleurs("tests/system/droits/operations.cpp", "archivePartenaire")},
        {"ZONE_MANAGE", ailleurs("tests/system/droits/operations.cpp", "updateZone")},
        {"FILE_EDIT", ailleurs("tests/system/files/access_test.cpp", "P-025: who may see, change and remove a file")},
        {"FILE_DELETE", ailleurs("tests/system/files/access_test.cpp", "P-025: who may see, change and remove a file")},
        {"API_FILE_UPDATE", ailleurs("tests/system/files/access_test.cpp", "P-025: who may see, change and remove a file")},
        {"SIGN_USAGER_VIEW", ailleurs("tests/unit/intake/droits_usager_test.cpp", "every action, status, person and set of conditions is decided")},
        {"SIGN_USAGER_ADD_SUIVI", ailleurs("tests/unit/intake/droits_usager_test.cpp", "D-87")},
        {"SIGN_USAGER_EDIT / SIGN_USAGER_COMPLETE", ailleurs("tests/unit/intake/droits_usager_test.cpp", "every action, status, person and set of conditions is decided")},
        {"SIGN_USAGER_BASCULE_PROCEDURE", ailleurs("tests/unit/intake/droits_usager_test.cpp", "every action, status, person and set of conditions is decided")},
        {"SIGN_BAILLEUR_HAS_RESPONSE_INJONCTION", ailleurs("tests/system/usager/bailleur_test.cpp", "D-74: a landlord's answer posted twice in parallel is one answer")},
        {"SIGN_BAILLEUR_ADD_SUIVI", ailleurs("tests/system/usager/bailleur_test.cpp", "he has not answered yet")},

        {"SIGN_EDIT_INJONCTION", pasEncore("no operation edits a dossier in injonction")},
        // Of a closed dossier the files alone are edited.
        {"SIGN_EDIT_CLOSED", ailleurs("tests/system/files/access_test.cpp", "D-97: a territory's manager adds and edits a file of a closed dossier")},
        {"SIGN_EDIT_NEED_VALIDATION", pasEncore("before validation the address alone is edited: SIGN_EDIT_ADDRESS")},
        {"SIGN_VIEW_INJONCTION_COURRIER", pasEncore("the letter of an injonction is not served yet")},
        {"SIGN_SEND_MAIL_BAILLEUR", pasEncore("no operation sends the letter again")},
        {"SIGN_ADD_VISITE", pasEncore("visits are not kept yet")},
        {"SIGN_SEE_NDE", pasEncore("the energy assessment has no page of its own yet")},
        {"SIGN_EDIT_NDE", pasEncore("the energy assessment has no page of its own yet")},
        {"SIGN_AFFECTATION_SEE", pasEncore("who sees the dossier sees its affectations; giving it is SIGN_AFFECTATION_TOGGLE")},
        {"INTERVENTION_EDIT_VISITE", pasEncore("visits are not kept yet")},
        {"FILE_FRONT_DELETE", ailleurs("tests/system/usager/fichiers_test.cpp", "P-025: a usager removes his own file, not an agent's")},
        {"FILE_EDIT_DOCUMENT / FILE_DELETE_DOCUMENT", pasEncore("territoires have no documents yet")},
        {"TAG_CREATE", pasEncore("the directory has no operation for tags yet")},
        {"TAG_EDIT / TAG_DELETE", pasEncore("the directory has no operation for tags yet")},
        {"TERRITORY_GET_DOCUMENT", pasEncore("territoires have no documents yet")},
        {"TERRITORY_GET_BAILLEURS_LIST", pasEncore("the list of a territoire's landlords is not served yet; the search is public")},
        {"INJONCTION_BAILLEUR_SEE", pasEncore("injonctions have no list yet")},
        {"SIGN_USAGER_EDIT_OFFLINE", pasEncore("nothing is edited without the usager's token")},
        {"API_ADD_INTERVENTION", pasEncore("visits are not kept yet")},
        {"API_ADD_FILE", pasEncore("systems send no file of a dossier by the partner API yet")},
        {"API_INTERVENTION_UPDATE", pasEncore("visits are not kept yet")},
    };
    return kLignes;
}

}  // namespace

TEST_CASE("every row of the permissions is tried, or held by a test that is there, or named as not covered yet") {
    const auto table = core::parseJson(core::readFile(HISTOLOGE_SOURCE_DIR "/tests/golden/permissions.json"));
    std::set<std::string> attendues;
    for (const auto& rangee : table.at("rules")) attendues.insert(rangee.at("attribute").get<std::string>());
    for (const auto& nom : attendues) {
        INFO(nom);
        CHECK(lignes().contains(nom));
    }
    int essais = 0;
    std::string pasCouvertes;
    for (const auto& [nom, ligne] : lignes()) {
        INFO(nom);
        CHECK(attendues.contains(nom));
        if (ligne.essai) {
            ++essais;
        } else if (!ligne.fichier.empty()) {
            CHECK(core::readFile(std::string(HISTOLOGE_SOURCE_DIR) + "/" + ligne.fichier).find(ligne.cas) != std::string::npos);
        } else {
            CHECK(ligne.raison.size() > 10);
            pasCouvertes += "\n  " + nom + ": " + ligne.raison;
        }
    }
    CHECK(essais >= 18);
    WARN("permissions not covered yet:" << pasCouvertes);
}

// One case for each row, so that a failure names it.
TEST_CASE("the rows of the permissions, over HTTP: by everybody, in every state") {
    CHECK(std::count_if(lignes().begin(), lignes().end(), [](const auto& une) { return une.second.essai != nullptr; }) >= 19);
    for (const auto& [nom, ligne] : lignes()) {
        if (!ligne.essai) continue;
        DYNAMIC_SECTION(nom) { ligne.essai(); }
    }
}
