// Lists, counts, maps and filters: nothing in them tells of what is somebody else's.
#include <catch2/catch.hpp>

#include "tests/system/droits/scene.hpp"

using namespace histologe;
using namespace histologe::droits;
using core::Json;

namespace {

bool peutVoir(const Lecteur& qui) { return qui.genre == 'S' || qui.estDIci; }

std::vector<const Lecteur*> agentsEtSystemes() {
    std::vector<const Lecteur*> tous;
    for (const auto& un : scene().lecteurs) {
        if (!un.claims.subject.empty()) tous.push_back(&un);
    }
    return tous;
}

long long compte(const Lecteur& qui, const std::string& filtres) {
    const auto answer = qui.demander("GET", "/dossiers/compte?isImported=oui&" + filtres);
    INFO(qui.nom << " " << filtres << " " << answer.body);
    REQUIRE(answer.status == 200);
    return answer.json().at("total").get<long long>();
}

}  // namespace

TEST_CASE("P-010: one dossier is in the list, the count and the map of whoever may open it, and of nobody else") {
    poser("ACTIVE", "EN_COURS");
    const auto reference = one("SELECT reference FROM routing.dossiers WHERE signalement = '" + scene().dossier.uuid + "'");
    REQUIRE_FALSE(reference.empty());
    for (const auto* qui : agentsEtSystemes()) {
        INFO(qui->nom);
        const bool sien = peutVoir(*qui);
        CHECK((qui->demander("GET", "/dossiers/" + scene().dossier.uuid).status == 200) == sien);
        const auto liste = qui->demander("GET", "/dossiers?territoire=13&searchTerms=" + reference);
        REQUIRE(liste.status == 200);
        CHECK((liste.body.find(scene().dossier.uuid) != std::string::npos) == sien);
        CHECK(compte(*qui, "territoire=13&searchTerms=" + reference) == (sien ? 1 : 0));
        const auto carte = qui->demander("GET", "/dossiers/carte?zoom=20&territoire=13&searchTerms=" + reference);
        CHECK((carte.json().at("features").size() == 1) == sien);
        // Nor by what he would know of it: its occupant's mail, its street's town.
        CHECK((compte(*qui, "searchTerms=" + scene().dossier.courriel) >= 1) == sien);
    }
}

TEST_CASE("filtering by somebody else's partner counts as filtering by one that does not exist") {
    for (const auto* qui : agentsEtSystemes()) {
        if (peutVoir(*qui)) continue;
        INFO(qui->nom);
        for (const auto* filtre : {"", "&status=en_cours", "&statusAffectation=accepte", "&isNouveauMessage=oui", "&isDossiersSansAgent=oui"}) {
            const std::string suite = filtre;
            CHECK(compte(*qui, "partenaires=" + scene().partenaire + suite) == compte(*qui, "partenaires=inconnu" + suite));
        }
    }
    // A partner's people see of the others only what they share.
    const auto& agent = scene().lecteur("agent");
    const auto communs = one("SELECT count(*) FROM routing.recherche WHERE statut IN ('NEED_VALIDATION', 'ACTIVE', 'CLOSED', 'REFUSED') AND territoire = '13' "
                             "AND affectations @> ARRAY['" + scene().partenaire + "', '" + scene().voisin + "']");
    CHECK(std::to_string(compte(agent, "partenaires=" + scene().voisin)) == communs);
}

TEST_CASE("a territoire that is not the reader's empties his dashboard instead of opening it") {
    for (const auto* qui : agentsEtSystemes()) {
        if (qui->genre == 'I' || qui->genre == 'S' || qui->estDIci) continue;
        const auto answer = qui->demander("GET", "/tableau-de-bord?territoire=13&mesDossiers=non");
        INFO(qui->nom << " " << answer.body);
        REQUIRE(answer.status == 200);
        if (qui->nom.find("voisin") != std::string::npos) continue;  // of 13, with dossiers of his own
        for (const auto& onglet : answer.json().at("onglets")) CHECK(onglet.at("total") == 0);
    }
}

TEST_CASE("the list of accounts finds by no filter an account that is not shown") {
    const auto courriel = one("SELECT courriel FROM routing.comptes WHERE id = '" + scene().compte + "'");
    for (const auto* qui : agentsEtSystemes()) {
        if (qui->genre == 'A' || qui->genre == 'I') continue;
        const bool voit = qui->genre == 'S' || (qui->estDIci && qui->genre != 'A');
        for (const auto& filtre : {"q=" + courriel, "partenaire=" + scene().partenaire + "&q=" + courriel, "territoire=13&role=agent&q=" + courriel}) {
            const auto answer = qui->demander("GET", "/comptes?" + filtre);
            INFO(qui->nom << " " << filtre << " " << answer.body);
            REQUIRE(answer.status == 200);
            CHECK((answer.body.find(scene().compte) != std::string::npos) == voit);
        }
    }
}

TEST_CASE("a kept search is its owner's, also for who may do everything") {
    for (const auto* qui : agentsEtSystemes()) {
        const auto answer = qui->demander("GET", "/recherches");
        INFO(qui->nom << " " << answer.body);
        REQUIRE(answer.status == 200);
        CHECK((answer.body.find(scene().recherche) != std::string::npos) == (qui->nom == "agent"));
    }
}
