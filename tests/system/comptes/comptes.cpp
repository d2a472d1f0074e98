#include "tests/system/comptes/comptes.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

#include "libs/core/ids.hpp"

namespace histologe::comptes {

using core::Json;

std::string partenaireDe(const std::string& territoire, int rang) {
    product::platform();
    return one("SELECT id FROM routing.partenaires WHERE contenu->>'territoire' = '" + territoire +
               "' AND NOT coalesce((contenu->>'archive')::boolean, false) ORDER BY rang LIMIT 1 OFFSET " +
               std::to_string(rang));
}

Compte ferme(const std::string& role, const std::vector<std::string>& partenaires) {
    Compte compte;
    compte.courriel = "agent-" + core::randomHex(5) + "@exemple.fr";
    std::vector<std::string> arguments{"comptes", "create", "--courriel", compte.courriel, "--role", role,
                                       "--prenom", "Élodie",  "--nom",      "Durand"};
    for (const auto& partenaire : partenaires) {
        arguments.emplace_back("--partenaire");
        arguments.push_back(partenaire);
    }
    auto& platform = product::platform();
    platform.runTool("histologe", arguments, {{"HISTOLOGE_ROUTING_DATABASE_URL", platform.databaseUrl("routing")}});
    compte.id = one("SELECT id FROM routing.comptes WHERE courriel = '" + compte.courriel + "'");
    REQUIRE_FALSE(compte.id.empty());
    return compte;
}

Compte ouvert(const std::string& role, const std::vector<std::string>& partenaires) {
    const auto compte = ferme(role, partenaires);
    const auto lien = secretDuCourriel(compte.id, "ACCOUNT_ACTIVATION_FROM_BO");
    const auto answer = avec("PUT", "/liens-compte/" + lien, {{"motDePasse", kMotDePasse}}, "");
    INFO(answer.body);
    REQUIRE(answer.status == 204);
    return compte;
}

std::string secretDuCourriel(const std::string& compte, const std::string& motif, const std::string& membre) {
    return one("SELECT personnel->>'" + membre + "' FROM routing.evenements WHERE type = 'compte.courriel_demande' AND "
               "sujet = 'compte:" + compte + "' AND donnees->>'motif' = '" + motif + "' ORDER BY numero DESC LIMIT 1");
}

Answer entrer(const std::string& courriel, const std::string& motDePasse, bool longue) {
    return post("/connexion", {{"courriel", courriel}, {"motDePasse", motDePasse}, {"resterConnecte", longue}});
}

Json session(const Compte& compte) {
    const auto answer = entrer(compte.courriel, kMotDePasse);
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    return answer.json();
}

Answer avec(const std::string& method, const std::string& path, const Json& body, const std::string& jeton,
            product::Headers headers) {
    if (!jeton.empty()) headers.emplace_back("Authorization", "Bearer " + jeton);
    return product::request(method, path, body.is_null() ? "" : core::dumpJson(body), "application/json", headers);
}

Answer post(const std::string& path, const Json& body, const std::string& jeton) {
    return avec("POST", path, body, jeton);
}

Answer get(const std::string& path, const std::string& jeton) {
    return avec("GET", path, nullptr, jeton);
}

double jusqua(const std::string& path, const std::string& jeton, int status, double secondes) {
    const auto debut = std::chrono::steady_clock::now();
    while (true) {
        const int obtenu = get(path, jeton).status;
        const double duree = std::chrono::duration<double>(std::chrono::steady_clock::now() - debut).count();
        if (obtenu == status) return duree;
        if (duree > secondes) return -1;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

void oublierEchecs() {
    environment::Sql(product::platform().superuserUrl()).run("DELETE FROM routing.connexions_echecs");
}

}  // namespace histologe::comptes
