// Each filter against the same filter said a second time, alone and with others, for every kind of reader.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "libs/core/error.hpp"
#include "libs/core/files.hpp"
#include "libs/core/text.hpp"
#include "services/routing/domain/recherche_absents.hpp"
#include "services/routing/http/dossiers_filtres.hpp"
#include "tests/system/routing/attendu.hpp"

using namespace histologe;
using namespace histologe::routing;
using namespace histologe::routing::test;
using histologe::routing::test::Filtre;

namespace {

std::set<std::string> trouves(const auth::Principal& qui, const Requete& requete) {
    std::set<std::string> uuids;
    for (const auto& ligne : monde().lister(qui, requete)) uuids.insert(ligne.at("uuid").get<std::string>());
    return uuids;
}

// What list, count and map say of the same filters.
void verifier(const auth::Principal& qui, const std::vector<const Filtre*>& ensemble) {
    Requete requete;
    for (const auto* filtre : ensemble) requete.insert(requete.end(), filtre->requete.begin(), filtre->requete.end());
    INFO(auth::nameOf(qui.role) << " " << qui.territoires.size() << " " << qui.partenaires.size());
    const auto attendu = attendus(qui, ensemble);
    CHECK(trouves(qui, requete) == attendu);
    CHECK(monde().compter(qui, requete) == static_cast<long long>(attendu.size()));
    long long places = 0;
    for (const auto& m : monde().dossiers()) places += m.position && attendu.contains(m.uuid) ? 1 : 0;
    for (const auto* zoom : {"2", "10", "20"}) {
        auto carte = requete;
        carte.emplace_back("zoom", zoom);
        const auto reponse = core::parseJson(monde().appeler("mapDossiers", qui, carte).body);
        long long nombre = 0;
        for (const auto& point : reponse.at("features")) nombre += point.at("properties").at("nombre").get<long long>();
        CHECK(nombre == places);
    }
}

}  // namespace

TEST_CASE("each filter finds what it says, for each reader") {
    for (const auto& filtre : filtres()) {
        INFO(filtre.nom);
        for (const auto& qui : lecteurs()) verifier(qui, {&filtre});
    }
    // A table of filters of which none finds anything would prove nothing.
    int utiles = 0;
    for (const auto& filtre : filtres()) {
        utiles += std::any_of(lecteurs().begin(), lecteurs().end(), [&](const auto& qui) { return !attendus(qui, {&filtre}).empty(); }) ? 1 : 0;
    }
    CHECK(utiles >= static_cast<int>(filtres().size()) - 10);
}

TEST_CASE("filters together find what each of them finds") {
    std::mt19937 hasard(7);
    int essayes = 0;
    for (int i = 0; i < 150; ++i) {
        const auto& un = filtres()[hasard() % filtres().size()];
        const auto& deux = filtres()[hasard() % filtres().size()];
        // The same parameter twice is one filter with two values, not two filters.
        const auto nomDe = [](const Filtre& f) { return f.requete.front().first.substr(0, 6); };
        if (nomDe(un) == nomDe(deux) || un.nom.starts_with("p1") || deux.nom.starts_with("p1")) continue;
        if (un.nom.starts_with("status") && deux.nom.starts_with("partenaires")) continue;  // D-103: said above
        if (deux.nom.starts_with("status") && un.nom.starts_with("partenaires")) continue;
        INFO(un.nom << " and " << deux.nom);
        verifier(lecteurs()[hasard() % lecteurs().size()], {&un, &deux});
        ++essayes;
    }
    CHECK(essayes > 75);
}

TEST_CASE("D-104: the landlord's filter counts for a partner's people as for everybody") {
    const auto filtre = std::find_if(filtres().begin(), filtres().end(), [](const auto& f) { return f.nom == "bailleurSocial=b1"; });
    REQUIRE(filtre != filtres().end());
    const auto agent = lecteur(auth::Role::Agent, {"13"}, {"p1"});
    const auto siens = attendus(agent, {&*filtre});
    CHECK_FALSE(siens.empty());
    CHECK(siens.size() < attendus(agent, {}).size());
    CHECK(trouves(agent, filtre->requete) == siens);
}

TEST_CASE("D-116: a reader of several territoires gets all their rows when he names none, and one's when he names it") {
    const auto deux = lecteur(auth::Role::ResponsableTerritoire, {"13", "30"});
    const auto chez = [&](const char* code) { return trouves(lecteur(auth::Role::ResponsableTerritoire, {code}), {}); };
    auto ensemble = chez("13");
    ensemble.merge(chez("30"));
    CHECK(trouves(deux, {}) == ensemble);
    CHECK(trouves(deux, {{"territoire", "30"}}) == chez("30"));
    CHECK(trouves(deux, {{"territoire", "75"}}).empty());
}

TEST_CASE("a filter that is none is refused by its name, never ignored; one that is not here yet says why") {
    std::vector<std::pair<std::string, std::string>> noms = {{"Territoire", "inconnu"}, {"", "inconnu"}, {"etiquettes[]", "absent"}};
    for (const auto& un : kFiltresAbsents) noms.emplace_back(std::string(un.nom), "absent");
    for (const auto& [nom, detail] : noms) {
        INFO(nom);
        for (const auto* operation : {"listDossiers", "countDossiers", "mapDossiers"}) {
            try {
                monde().appeler(operation, lecteurs()[0], {{nom, "oui"}});
                FAIL("accepted");
            } catch (const core::Error& error) {
                CHECK(error.code() == "parametre_inconnu");
                CHECK(error.violations().at(0).champ == nom);
                CHECK(error.violations().at(0).code == detail);
            }
        }
    }
}

TEST_CASE("every filter of the reference is here, or its absence has a reason in one place") {
    const auto table = core::parseJson(core::readFile(HISTOLOGE_SOURCE_DIR "/tests/golden/search_filters.json"));
    std::set<std::string> connus = {"sortBy", "direction"};
    for (const auto& filtre : table.at("filters")) {
        // `dateDepotDebut / dateDepotFin` are two.
        for (auto nom : core::split(filtre.at("param").get<std::string>(), '/')) {
            nom = std::string(core::trim(nom));
            if (nom.ends_with("[]")) nom.resize(nom.size() - 2);
            INFO(nom);
            if (connus.contains(nom)) continue;
            CHECK(estFiltre(nom) != !raisonDAbsence(nom).empty());
            connus.insert(nom);
        }
    }
    for (const auto& un : kFiltresAbsents) CHECK(connus.contains(std::string(un.nom)));
    CHECK(connus.size() > 40);
}

TEST_CASE("a date that does not exist, a cursor of elsewhere and an extent upside down are refused") {
    const auto code = [](const char* operation, const Requete& requete) -> std::string {
        try {
            monde().appeler(operation, lecteurs()[0], requete);
        } catch (const core::Error& error) {
            return error.code();
        }
        return "";
    };
    CHECK(code("listDossiers", {{"dateDepotDebut", "2026-02-31"}}) == "requete_invalide");
    CHECK(code("mapDossiers", {{"zoom", "5"}, {"emprise", "6,43,5,44"}}) == "requete_invalide");
    CHECK(code("mapDossiers", {{"zoom", "5"}, {"emprise", "5,43,6"}}) == "requete_invalide");
    for (const auto* curseur : {"x", "bnVsbA", "WzAsZmFsc2UsIjEnOyIsIjEiXQ", "W1tbW1tdXV1dXQ", "////"}) {
        CHECK(code("listDossiers", {{"curseur", curseur}}) == "curseur_invalide");
    }
}
