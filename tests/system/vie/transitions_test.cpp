// Every pair of the tables of transitions, by everybody, against the operations. (User demands P-026…P-034.)
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "services/routing/domain/machine.hpp"
#include "tests/system/vie/banc.hpp"

using namespace histologe;
using namespace histologe::routing;
using namespace histologe::routing::test;
using core::Json;

namespace {

const std::vector<std::string> kStatuts = {"NEED_VALIDATION", "ACTIVE", "CLOSED", "REFUSED", "ARCHIVED", "INJONCTION_BAILLEUR", "INJONCTION_CLOSED"};
const std::vector<std::string> kActionsDossier = {"valider", "refuser", "fermer", "rouvrir", "archiver", "desarchiver", "fermer_injonction"};
const std::vector<std::string> kActionsAffectation = {"accepter", "refuser", "fermer", "rouvrir", "reinitialiser", "retirer"};

// A body with everything that any of them may want.
Json complet(const std::string& action, bool affectation, bool parLogiciel = false) {
    Json corps = {{"action", action}, {"texte", kTexte}, {"visibleUsager", true}};
    if (!affectation) {
        corps["motif"] = action == "fermer" ? "PERIL" : action == "refuser" ? "HORS_PDLHI" : "ACCORD_PROPRIETAIRE";
        corps["partenaires"] = Json::array();
    } else {
        corps["motif"] = action == "refuser" ? "HORS_COMPETENCE" : parLogiciel ? "INSALUBRITE" : "RELOGEMENT_OCCUPANT";
        corps["travaux"] = "NON";
    }
    return corps;
}

struct Attendu {
    int status;
    std::string vers;
};

bool traite(const std::string& statut) { return statut == "ACTIVE" || statut == "INJONCTION_BAILLEUR"; }

// Read from the reference, not from the table: who does what, from where to where.
Attendu dossierAttendu(const std::string& action, const std::string& statut, bool national) {
    const auto si = [&](bool permis, const char* vers) { return permis ? Attendu{200, vers} : Attendu{409, statut}; };
    if (action == "valider") return si(statut == "NEED_VALIDATION", "ACTIVE");
    if (action == "refuser") return si(statut == "NEED_VALIDATION", "REFUSED");
    if (action == "fermer") return si(statut == "ACTIVE", "CLOSED");
    if (action == "rouvrir") return si(statut == "CLOSED" || statut == "REFUSED", "ACTIVE");
    if (action == "archiver") return si(statut == "CLOSED" || statut == "REFUSED", "ARCHIVED");
    if (!national) return {403, statut};
    if (action == "desarchiver") return si(statut == "ARCHIVED", "ACTIVE");
    return si(statut == "INJONCTION_BAILLEUR", "INJONCTION_CLOSED");
}

enum class Qui { Admin, Responsable, Membre, Collegue, Repartiteur, Logiciel };

Attendu affectationAttendue(const std::string& action, const std::string& statut, const std::string& etat, Qui qui) {
    const bool repartit = qui == Qui::Admin || qui == Qui::Responsable || qui == Qui::Repartiteur;
    const bool pilote = qui == Qui::Admin || qui == Qui::Responsable;
    const bool sien = qui == Qui::Membre || qui == Qui::Logiciel;
    const bool ouvert = qui == Qui::Logiciel ? statut == "ACTIVE" : traite(statut);
    const auto si = [&](bool droit, bool permis, const char* vers) {
        if (!droit) return Attendu{403, etat};
        return permis && ouvert ? Attendu{200, vers} : Attendu{409, etat};
    };
    if (action == "accepter") return si(sien, etat == "NOUVEAU" || etat == "REFUSE", "EN_COURS");
    if (action == "refuser") return si(sien, etat == "NOUVEAU", "REFUSE");
    if (action == "fermer") return si(sien, etat == "EN_COURS", "FERME");
    if (action == "rouvrir") return si(sien, etat == "FERME", "NOUVEAU");
    if (action == "reinitialiser") return si(pilote, etat == "REFUSE" || etat == "FERME", "NOUVEAU");
    return si(repartit, true, "");
}

std::string etatDe13(const std::string& uuid) {
    return banc().une("SELECT coalesce((SELECT statut FROM affectations WHERE signalement = '" + uuid + "' AND partenaire = 'p3'), '')");
}

}  // namespace

TEST_CASE("P-031: every status, every action on a dossier, by everybody: what the table allows is done, all else changes nothing") {
    for (const auto& statut : kStatuts) {
        for (const auto& action : kActionsDossier) {
            for (const bool national : {true, false}) {
                const auto uuid = banc().dossier(statut);
                auto attendu = dossierAttendu(action, statut, national);
                // Deleted dossiers are not the managers' to see.
                if (!national && statut == "ARCHIVED") attendu = {404, statut};
                const auto reponse = banc().agir(national ? admin() : responsable(), uuid, complet(action, false));
                INFO(statut << " " << action << " " << national << " " << reponse.corps.dump());
                REQUIRE(reponse.status == attendu.status);
                REQUIRE(banc().statut(uuid) == attendu.vers);
                const auto traces = banc().une("SELECT count(*) FROM historique WHERE signalement = '" + uuid + "'");
                REQUIRE(traces == (attendu.status == 200 ? "1" : "0"));
                if (attendu.status == 409) {
                    REQUIRE(reponse.code == "transition_refusee");
                    REQUIRE(reponse.corps.at("etat").at("statut") == statut);
                    for (const auto& une : reponse.corps.at("etat").at("permises")) {
                        REQUIRE(dossierAttendu(une.at("action"), statut, national).status == 200);
                    }
                }
            }
            const auto uuid = banc().dossier(statut, {{"p1", "EN_COURS"}});
            const auto reponse = banc().agir(membre("p1"), uuid, complet(action, false));
            REQUIRE(reponse.status == (statut == "ARCHIVED" ? 404 : 403));
            REQUIRE(banc().statut(uuid) == statut);
        }
    }
}

TEST_CASE("P-031: every state of an affectation, every status of its dossier, every action, by everybody") {
    const auto repartiteur = personne(auth::Role::Agent, {"13"}, {"p9"}, banc().compte("agent", {"p9"}, true));
    const std::vector<std::pair<Qui, auth::Principal>> gens = {
        {Qui::Admin, admin()},           {Qui::Responsable, responsable()}, {Qui::Membre, membre("p3")},
        {Qui::Collegue, membre("p9")},   {Qui::Repartiteur, repartiteur},   {Qui::Logiciel, logiciel("p3")}};
    for (const auto& statut : kStatuts) {
        for (const auto* etat : {"NOUVEAU", "EN_COURS", "REFUSE", "FERME"}) {
            std::string uuid;  // the same as long as nothing is done to it
            for (const auto& action : kActionsAffectation) {
                for (const auto& [qui, principal] : gens) {
                    // p3 helps landlords: it may have an injonction.
                    if (uuid.empty()) uuid = banc().dossier(statut, {{"p3", etat}, {"p9", "EN_COURS"}});
                    auto attendu = affectationAttendue(action, statut, etat, qui);
                    if (statut == "ARCHIVED" && qui != Qui::Admin) attendu = {404, etat};
                    const auto reponse = banc().repondre(principal, uuid, "p3", complet(action, true, qui == Qui::Logiciel));
                    INFO(statut << " " << etat << " " << action << " " << static_cast<int>(qui) << " " << reponse.corps.dump());
                    REQUIRE(reponse.status == attendu.status);
                    REQUIRE(etatDe13(uuid) == attendu.vers);
                    REQUIRE(banc().statut(uuid) == statut);
                    if (attendu.status == 200) uuid.clear();
                }
            }
        }
    }
}

TEST_CASE("the operation that shows what is allowed says what the operations that act then allow") {
    for (const auto& statut : kStatuts) {
        for (const auto& qui : {admin(), responsable(), membre("p3"), logiciel("p3")}) {
            const auto uuid = banc().dossier(statut, {{"p3", "NOUVEAU"}});
            const auto vu = banc().appeler("getTransitionsDossier", qui, uuid);
            if (statut == "ARCHIVED" && !qui.isSuperAdmin()) {
                REQUIRE(vu.status == 404);
                continue;
            }
            REQUIRE(vu.status == 200);
            REQUIRE(vu.etag == banc().version(uuid));
            std::set<std::string> dites;
            for (const auto& une : vu.corps.at("permises")) dites.insert(une.at("action").get<std::string>());
            std::string neuf;
            const auto surUnNeuf = [&](bool fait) {
                if (fait) neuf.clear();
                return fait;
            };
            const auto pret = [&] { return neuf.empty() ? neuf = banc().dossier(statut, {{"p3", "NOUVEAU"}}) : neuf; };
            for (const auto& action : kActionsDossier) {
                REQUIRE(surUnNeuf(banc().agir(qui, pret(), complet(action, false)).ok()) == dites.contains(action));
            }
            std::set<std::string> reponses;
            for (const auto& une : vu.corps.at("affectations").at(0).at("permises")) reponses.insert(une.at("action").get<std::string>());
            for (const auto& action : kActionsAffectation) {
                const auto fait = banc().repondre(qui, pret(), "p3", complet(action, true, qui.role == auth::Role::Api)).ok();
                REQUIRE(surUnNeuf(fait) == reponses.contains(action));
            }
            const auto autre = banc().dossier(statut, {{"p1", "NOUVEAU"}});
            const auto lecteur = qui.partenaires.empty() ? qui : membre("p1");
            const bool affecte = banc().appeler("getTransitionsDossier", lecteur, autre).corps.at("affecter").get<bool>();
            REQUIRE(banc().repartir(lecteur, autre, {"p3"}).ok() == affecte);
        }
    }
}

TEST_CASE("the table that is published is the one that is executed") {
    const auto tables = banc().appeler("getTransitions", membre("p1")).corps;
    REQUIRE(tables.at("machines").size() == 2);
    CHECK(tables.at("machines").at(0).at("transitions").size() == machineDossier().size());
    CHECK(tables.at("machines").at(1).at("transitions").size() == machineAffectation().size());
    const auto& premiere = tables.at("machines").at(0).at("transitions").at(1);
    CHECK(premiere == Json({{"action", "valider"}, {"de", {"NEED_VALIDATION"}}, {"vers", "ACTIVE"},
                            {"qui", {"super_admin", "responsable_territoire"}}, {"gardes", {"abonne_choisi"}}, {"motifs", "aucune"},
                            {"texteRequis", false}, {"effets", {"dater_validation", "abonner"}}, {"suivi", "SIGNALEMENT_IS_ACTIVE"},
                            {"visibleUsager", "oui"}}));
    CHECK(tables.at("motifs").at("cloture_affectation").size() == 14);
}

TEST_CASE("P-030: of twenty contradictory changes at once exactly one wins, and the others learn why") {
    for (int tour = 0; tour < 5; ++tour) {
        const auto uuid = banc().dossier("NEED_VALIDATION");
        const auto version = banc().version(uuid);
        std::vector<Reponse> reponses(20);
        std::vector<std::thread> fils;
        for (std::size_t i = 0; i < reponses.size(); ++i) {
            fils.emplace_back([&, i] {
                reponses[i] = banc().appeler("actOnDossier", responsable(), uuid, complet(i % 2 == 0 ? "valider" : "refuser", false), version);
            });
        }
        for (auto& fil : fils) fil.join();
        int gagnes = 0;
        for (const auto& une : reponses) {
            if (une.ok()) {
                ++gagnes;
                continue;
            }
            REQUIRE(une.status == 412);
            REQUIRE(une.corps.at("etat").at("statut") == banc().statut(uuid));
            REQUIRE(une.etag == banc().version(uuid));
        }
        CHECK(gagnes == 1);
        CHECK(banc().une("SELECT count(*) FROM historique WHERE signalement = '" + uuid + "'") == "1");
        CHECK(banc().une("SELECT count(*) FROM suivis WHERE signalement = '" + uuid + "'") == "1");
        CHECK(banc().evenements(uuid).size() == 3);  // dossier.cree, dossier.statut_modifie, suivi.cree
    }
}

TEST_CASE("of twenty answers to one affectation, whatever version they claim, one counts; two partners do not hinder each other") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "NOUVEAU"}, {"p2", "NOUVEAU"}});
    const auto id = banc().affectation(uuid, "p1");
    std::vector<Reponse> reponses(20);
    std::vector<std::thread> fils;
    for (std::size_t i = 0; i < reponses.size(); ++i) {
        fils.emplace_back([&, i] {
            reponses[i] = banc().appeler("actOnAffectation", membre("p1"), id, complet("refuser", true), "*");
        });
    }
    Reponse autre;
    fils.emplace_back([&] { autre = banc().repondre(membre("p2"), uuid, "p2", {{"action", "accepter"}}); });
    for (auto& fil : fils) fil.join();
    CHECK(std::count_if(reponses.begin(), reponses.end(), [](const auto& une) { return une.status == 200; }) == 1);
    CHECK(std::count_if(reponses.begin(), reponses.end(), [](const auto& une) { return une.status == 409; }) == 19);
    CHECK(autre.status == 200);
    CHECK(banc().affectations(uuid) == "p1:REFUSE p2:EN_COURS");
    CHECK(banc().appeler("actOnAffectation", membre("p1"), id, complet("accepter", true), "").status == 400);
    CHECK(banc().appeler("actOnAffectation", membre("p1"), id, complet("accepter", true), "\"1\"").status == 412);
}

TEST_CASE("what is not his to see looks like what is not there") {
    const auto uuid = banc().dossier("ACTIVE", {{"p1", "NOUVEAU"}});
    const auto ailleurs = personne(auth::Role::ResponsableTerritoire, {"30"});
    const auto usager = [&] {
        auto un = personne(auth::Role::Usager);
        un.signalement = uuid;
        return un;
    }();
    for (const auto& qui : {ailleurs, membre("p2"), membre("q1"), usager}) {
        for (const auto* operation : {"getTransitionsDossier", "actOnDossier", "dispatchDossier", "listHistorique"}) {
            const auto reponse = banc().appeler(operation, qui, uuid, {{"action", "fermer"}}, "*");
            CHECK(reponse.status == 404);
            CHECK(reponse.code == "dossier_introuvable");
        }
        CHECK(banc().appeler("actOnAffectation", qui, banc().affectation(uuid, "p1"), {{"action", "accepter"}}, "*").status == 404);
    }
    for (const auto* mauvais : {"x", "00000000-0000-4000-8000-000000000000"}) {
        CHECK(banc().appeler("actOnDossier", admin(), mauvais, {{"action", "fermer"}}, "*").status == 404);
        CHECK(banc().appeler("actOnAffectation", admin(), mauvais, {{"action", "retirer"}}, "*").status == 404);
    }
}
