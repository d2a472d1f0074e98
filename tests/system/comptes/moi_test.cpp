// What one changes of oneself, and what a system is told of itself.
#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/comptes/comptes.hpp"

using namespace histologe;
using namespace histologe::comptes;
using core::Json;

namespace {

std::string jetonDe(const Json& session) { return session.at("jetonAcces").get<std::string>(); }
std::string nouvelleAdresse() { return "demenage-" + core::randomHex(5) + "@exemple.fr"; }

Answer demander(const std::string& jeton, const std::string& courriel, const std::string& motDePasse = kMotDePasse) {
    return avec("POST", "/moi/courriel", {{"courriel", courriel}, {"motDePasse", motDePasse}}, jeton);
}

Answer confirmer(const std::string& jeton, const std::string& courriel, const Json& demande, const std::string& code) {
    return avec("PUT", "/moi/courriel", {{"courriel", courriel}, {"demande", demande.at("demande")}, {"code", code}}, jeton);
}

std::string courrielDe(const Compte& compte) { return one("SELECT courriel FROM routing.comptes WHERE id = '" + compte.id + "'"); }

}  // namespace

TEST_CASE("P-049, P-050: another address counts once its owner has read the code there; until then the old one does") {
    oublierEchecs();
    const auto compte = ouvert("agent", {partenaireDe("13")});
    const auto ouverte = session(compte);
    const auto ailleurs = session(compte);
    const auto jeton = jetonDe(ouverte);
    const auto nouvelle = nouvelleAdresse();

    CHECK(demander(jeton, nouvelle, "Un-autre-mot-2").json().at("code") == "mot_de_passe_faux");
    CHECK(demander(jeton, "pas une adresse").json().at("code") == "courriel_invalide");
    const auto premiere = demander(jeton, nouvelleAdresse());
    REQUIRE(premiere.status == 202);
    const auto codeDAvant = secretDuCourriel(compte.id, "AUTH_CODE", "code");
    const auto demande = demander(jeton, " " + nouvelle);
    REQUIRE(demande.status == 202);
    const auto code = secretDuCourriel(compte.id, "AUTH_CODE", "code");
    CHECK(one("SELECT personnel->>'courriel' FROM routing.evenements WHERE type = 'compte.courriel_demande' AND sujet = 'compte:" +
              compte.id + "' ORDER BY numero DESC LIMIT 1") == nouvelle);
    CHECK(courrielDe(compte) == compte.courriel);

    // The first request is none any more; the code of one address is none for another, and opens no session.
    CHECK(confirmer(jeton, nouvelle, premiere.json(), codeDAvant).json().at("code") == "code_perime");
    CHECK(confirmer(jeton, nouvelleAdresse(), demande.json(), code).json().at("code") == "code_faux");
    CHECK(post("/connexion/code", {{"demande", demande.json().at("demande")}, {"code", code}}).json().at("code") == "code_faux");
    const auto autre = ouvert("agent", {partenaireDe("13")});
    CHECK(confirmer(jetonDe(session(autre)), nouvelle, demande.json(), code).json().at("code") == "code_perime");
    CHECK(courrielDe(compte) == compte.courriel);

    const auto suivante = demander(jeton, nouvelle);
    REQUIRE(suivante.status == 202);
    const auto juste = secretDuCourriel(compte.id, "AUTH_CODE", "code");
    CHECK(confirmer(jeton, nouvelle, suivante.json(), juste).status == 204);
    CHECK(courrielDe(compte) == nouvelle);
    CHECK(entrer(nouvelle, kMotDePasse).status == 200);
    CHECK(entrer(compte.courriel, kMotDePasse).status == 401);
    // The other session is over within five seconds, this one goes on.
    CHECK(jusqua("/moi", jetonDe(ailleurs), 401, 5) >= 0);
    CHECK(post("/connexion/rafraichissement", {{"jetonRafraichissement", ailleurs.at("jetonRafraichissement")}}).status == 401);
    CHECK(post("/connexion/rafraichissement", {{"jetonRafraichissement", ouverte.at("jetonRafraichissement")}}).status == 200);
}

TEST_CASE("an address that is somebody's is asked for like a free one, and refused only to who reads its mail") {
    oublierEchecs();
    const auto compte = ouvert("agent", {partenaireDe("13")});
    const auto voisin = ouvert("agent", {partenaireDe("13")});
    const auto jeton = jetonDe(session(compte));
    const auto demande = demander(jeton, voisin.courriel);
    CHECK(demande.status == 202);
    const auto code = secretDuCourriel(compte.id, "AUTH_CODE", "code");
    const auto refus = confirmer(jeton, voisin.courriel, demande.json(), code);
    CHECK(refus.status == 409);
    CHECK(refus.json().at("code") == "courriel_pris");
    CHECK(courrielDe(compte) == compte.courriel);
    int refuses = 0;
    for (int i = 0; i < 6; ++i) refuses += demander(jeton, nouvelleAdresse()).status == 429 ? 1 : 0;
    CHECK(refuses >= 1);
}

TEST_CASE("a system is told its address and its partners as today's platform says them; nobody else is") {
    oublierEchecs();
    const auto partenaire = partenaireDe("13");
    auto claims = agents::agent(auth::Role::SuperAdmin);
    claims.scopes = {"comptes-api:write", "signalements:read"};
    const auto admin = product::platform().token(claims);
    const auto courriel = "api-" + core::randomHex(5) + "@exemple.fr";
    const auto cree = post("/comptes-api", {{"courriel", courriel}, {"nom", "Ville"}, {"permissions", {{{"partenaire", partenaire}}}}}, admin);
    REQUIRE(cree.status == 201);
    const auto entree = post("/api/login", {{"email", courriel}, {"password", cree.json().at("secret")}});
    REQUIRE(entree.status == 200);
    const auto moi = get("/api/users/me", entree.json().at("token").get<std::string>());
    INFO(moi.body);
    REQUIRE(moi.status == 200);
    const auto dit = moi.json();
    CHECK(dit.at("email") == courriel);
    REQUIRE(dit.at("partenairesAutorises").size() == 1);
    const auto& un = dit.at("partenairesAutorises").at(0);
    CHECK(un.at("uuid") == partenaire);
    CHECK(un.at("codeDepartement") == "13");
    CHECK(un.size() == 4);
    CHECK(get("/api/users/me", admin).status == 403);
    CHECK(get("/api/users/me", "").status == 401);
    CHECK(get("/api/users/me", std::string(64, 'a')).status == 401);
}
