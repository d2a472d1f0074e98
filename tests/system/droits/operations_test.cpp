// Each operation of the contract with each role: nobody does what he may not, and nobody learns what is not his.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "libs/auth/scopes.hpp"
#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "tests/system/droits/operations.hpp"
#include "tests/system/droits/scene.hpp"

using namespace histologe;
using namespace histologe::droits;
using auth::Role;
using core::Json;

namespace {

// What the contract says of an operation.
struct Route {
    std::string methode;
    std::string chemin;
    std::string portee;
    bool avecVersion = false;
};

const std::map<std::string, Route>& routes() {
    static const auto kRoutes = [] {
        const auto contrat = Json::parse(core::readFile(std::string(HISTOLOGE_BINARY_DIR) + "/api/openapi.json"));
        std::map<std::string, Route> toutes;
        for (const auto& [chemin, methodes] : contrat.at("paths").items()) {
            for (const auto& [methode, operation] : methodes.items()) {
                if (!operation.is_object() || !operation.contains("operationId")) continue;
                Route route{methode, chemin, operation.value("x-scope", ""), false};
                for (char& c : route.methode) c = static_cast<char>(c - 'a' + 'A');
                if (operation.contains("parameters")) {
                    route.avecVersion = operation.at("parameters").dump().find("IfMatch") != std::string::npos ||
                                        operation.at("parameters").dump().find("If-Match") != std::string::npos;
                }
                toutes[operation.at("operationId").get<std::string>()] = route;
            }
        }
        return toutes;
    }();
    return kRoutes;
}

std::string remplacer(std::string texte, const std::string& quoi, const std::string& par) {
    for (std::size_t place = 0; (place = texte.find(quoi, place)) != std::string::npos; place += par.size()) {
        texte.replace(place, quoi.size(), par);
    }
    return texte;
}

constexpr char kPersonne[] = "00000000-0000-4000-8000-0000000000ff";

std::string cible(Objet objet) {
    switch (objet) {
        case Objet::Affectation: return scene().affectation;
        case Objet::Saisie: return scene().saisie;
        case Objet::Recherche: return scene().recherche;
        case Objet::Suivi:
        case Objet::SuiviDAutrui: return scene().suivi;
        case Objet::Fichier: return scene().fichier.empty() ? kPersonne : scene().fichier;
        default: return scene().dossier.uuid;
    }
}

// The request, on what is there or on what never was.
struct Essai {
    std::string chemin;
    Json corps;
};
Essai essai(const Operation& operation, bool existe) {
    const auto& route = routes().at(std::string(operation.id));
    const auto remplir = [&](std::string texte) {
        texte = remplacer(texte, "{uuid}", existe ? cible(operation.objet) : kPersonne);
        texte = remplacer(texte, "{id}", existe ? cible(operation.objet) : kPersonne);
        const auto& compte = route.portee.starts_with("comptes-api") ? scene().systeme : scene().compte;
        texte = remplacer(texte, "{compte}", existe || operation.objet == Objet::Partenaire ? compte : kPersonne);
        const bool partenaireVise = operation.objet == Objet::Partenaire || operation.objet == Objet::Partenariat ||
                                    operation.objet == Objet::Tenue || operation.objet == Objet::Territoire;
        texte = remplacer(texte, "{partenaire}", existe || !partenaireVise ? scene().partenaire : kPersonne);
        texte = remplacer(texte, "{zone}", existe ? scene().zone : kPersonne);
        texte = remplacer(texte, "{regle}", existe ? scene().regle : kPersonne);
        texte = remplacer(texte, "{bailleur}", existe ? scene().bailleur : kPersonne);
        texte = remplacer(texte, "{etiquette}", existe ? scene().etiquette : kPersonne);
        texte = remplacer(texte, "{code}", existe ? "13" : "98");
        texte = remplacer(texte, "{section}", "coordonnees-agence");
        texte = remplacer(texte, "{etape}", "logement");
        return remplacer(texte, "{alea}", core::randomHex(6));
    };
    auto chemin = remplir(route.chemin);
    if (operation.id == "mapDossiers") chemin += "?zoom=5";
    return {chemin, operation.corps.empty() ? Json(nullptr) : Json::parse(remplir(std::string(operation.corps)))};
}

// Whether the object shows itself to the reader at all.
bool voit(const Operation& operation, const Lecteur& qui) {
    const bool duTerritoire = qui.genre == 'S' || (qui.genre == 'R' && qui.estDIci);
    switch (operation.objet) {
        case Objet::Aucun:
        case Objet::Personnel: return true;
        case Objet::Dossier:
        case Objet::Modification:
        case Objet::Affectation:
        case Objet::Pilotage:
        case Objet::Fichier: return duTerritoire || qui.estDIci;
        case Objet::Suivi:
        case Objet::SuiviDAutrui: return duTerritoire || qui.estDIci;
        case Objet::Saisie: return qui.genre == 'S' || qui.nom == "agent";
        case Objet::Partenariat:
        case Objet::Tenue: return duTerritoire || (qui.genre == 'P' && qui.estDIci);
        case Objet::Territoire: return duTerritoire;
        case Objet::Membres: return qui.genre == 'S' || qui.claims.territoires == std::vector<std::string>{"13"};
        case Objet::DuTerritoire: return true;
        case Objet::Compte:
        case Objet::CompteDeSuperAdmin:
        case Objet::Partenaire: return duTerritoire || (qui.genre == 'P' && qui.estDIci);
        case Objet::Recherche: return qui.nom == "agent";
    }
    return false;
}

bool peut(const Operation& operation, const Lecteur& qui) {
    if (operation.qui.find(qui.genre) == std::string_view::npos || !voit(operation, qui)) return false;
    switch (operation.objet) {
        case Objet::Pilotage: return qui.genre == 'S' || qui.genre == 'R';
        case Objet::Affectation: return qui.genre != 'S' && qui.genre != 'R';
        case Objet::CompteDeSuperAdmin:
        case Objet::Suivi: return qui.genre == 'S';
        case Objet::SuiviDAutrui: return false;
        case Objet::Tenue:
        case Objet::DuTerritoire: return qui.genre == 'S' || (qui.genre == 'R' && qui.estDIci);
        default: return true;
    }
}

Answer appeler(const Operation& operation, const Lecteur& qui, bool existe, const char* version = "\"999999\"") {
    const auto& route = routes().at(std::string(operation.id));
    const auto [chemin, corps] = essai(operation, existe);
    product::Headers entetes;
    // A version that no object has: whoever may is stopped by it, and nothing is changed.
    if (route.avecVersion) entetes.emplace_back("If-Match", version);
    return qui.demander(route.methode, chemin, corps, entetes);
}

void verifierRefus(const Operation& operation, const Lecteur& qui) {
    // Whoever sees the object may be told first that his version is old: he is asked with the one that counts.
    const auto reel = appeler(operation, qui, true, voit(operation, qui) ? "*" : "\"999999\"");
    INFO(qui.nom << " " << operation.id << " " << reel.status << " " << reel.body.substr(0, 300));
    // Who sees it may be told by its state.
    const bool parLEtat = reel.status == 409 && voit(operation, qui);
    CHECK((reel.status == 401 || reel.status == 403 || reel.status == 404 || parLEtat));
    CHECK(reel.isProblem());
    if (voit(operation, qui) && qui.genre != '0') return;  // he knows that it is there: refused, and why
    const auto rien = appeler(operation, qui, false);
    INFO(rien.status << " " << rien.body);
    CHECK(rien.status == reel.status);
    CHECK(sansInstance(rien) == sansInstance(reel));
}

}  // namespace

TEST_CASE("every operation of the contract has its row, and names its permission or says that everybody may") {
    std::map<std::string_view, const Operation*> table;
    for (const auto& une : operations()) {
        INFO(une.id);
        CHECK(table.emplace(une.id, &une).second);
        CHECK(routes().contains(std::string(une.id)));
    }
    for (const auto& [id, route] : routes()) {
        INFO(id);
        REQUIRE(table.contains(id));
        CHECK(table.at(id)->qui.empty() == route.portee.empty());
    }
    // A role whose accounts are not given the scope cannot be one that may.
    const std::map<char, Role> roles = {{'S', Role::SuperAdmin}, {'R', Role::ResponsableTerritoire}, {'P', Role::AdminPartenaire},
                                        {'A', Role::Agent}, {'I', Role::Api}};
    for (const auto& [id, une] : table) {
        const auto& portee = routes().at(std::string(id)).portee;
        for (const auto& [genre, role] : roles) {
            INFO(id << " " << genre);
            const auto portees = auth::scopesOf(role);
            const bool aLaPortee = std::find(portees.begin(), portees.end(), portee) != portees.end();
            if (une->qui.find(genre) != std::string_view::npos) CHECK(aLaPortee);
        }
    }
}

TEST_CASE("each operation with each role: who may not is refused, and cannot tell what exists from what does not") {
    poser("ACTIVE", "EN_COURS");
    int refus = 0;
    int lus = 0;
    for (const auto& operation : operations()) {
        const auto& route = routes().at(std::string(operation.id));
        if (operation.qui.empty()) continue;
        if (operation.objet == Objet::Fichier && scene().fichier.empty()) continue;
        INFO("the demonstration directory has a zone and a rule in 13");
        REQUIRE_FALSE((scene().zone.empty() || scene().regle.empty()));
        for (const auto& qui : scene().lecteurs) {
            if (!peut(operation, qui)) {
                ++refus;
                verifierRefus(operation, qui);
            } else if (route.methode == "GET" && operation.objet != Objet::Personnel) {
                ++lus;
                const auto answer = appeler(operation, qui, true);
                INFO(qui.nom << " " << operation.id << " " << answer.status << " " << answer.body);
                CHECK(answer.status == 200);
            } else if (route.avecVersion && operation.objet != Objet::Personnel) {
                const auto answer = appeler(operation, qui, true);
                INFO(qui.nom << " " << operation.id << " " << answer.status << " " << answer.body.substr(0, 300));
                CHECK(answer.status == 412);
            }
            // What is left changes something for whoever may: the tests of those operations call it.
        }
    }
    CHECK(refus > 500);
    CHECK(lus > 100);
}

TEST_CASE("scopes are not what protects a dossier, an account or a draft: with all of them, others' stay others'") {
    poser("ACTIVE", "EN_COURS");
    std::vector<std::string> toutes;
    for (const auto& [id, route] : routes()) {
        if (!route.portee.empty() && std::find(toutes.begin(), toutes.end(), route.portee) == toutes.end()) toutes.push_back(route.portee);
    }
    int refus = 0;
    for (const auto& lecteur : scene().lecteurs) {
        if (lecteur.claims.subject.empty() || lecteur.genre == 'S') continue;
        auto qui = lecteur;
        qui.claims.scopes = toutes;
        qui.jeton = product::platform().token(qui.claims);
        for (const auto& operation : operations()) {
            const bool aUnObjet = operation.objet != Objet::Aucun && operation.objet != Objet::Personnel;
            if (!aUnObjet || operation.qui.empty() || voit(operation, qui)) continue;
            if (operation.objet == Objet::Fichier && scene().fichier.empty()) continue;
            verifierRefus(operation, qui);
            ++refus;
        }
    }
    CHECK(refus > 300);
}

TEST_CASE("what everybody may call asks nobody who he is") {
    const auto& anonyme = scene().lecteur("anonyme");
    for (const auto* chemin : {"/territoires", "/bailleurs?nom=habitat&codeInsee=13202", "/desordres/catalogue", "/public/api/dictionary",
                               "/public/api/questions", "/public/api/desordres", "/statistiques-filter", "/checkterritory?cp=13002"}) {
        const auto answer = anonyme.demander("GET", chemin);
        INFO(chemin << " " << answer.body);
        CHECK(answer.status != 401);
        CHECK(answer.status != 403);
    }
}
