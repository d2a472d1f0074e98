#include "tests/system/annuaire/annuaire.hpp"

#include <thread>

#include <catch2/catch.hpp>

#include "libs/auth/scopes.hpp"
#include "libs/core/ids.hpp"

namespace histologe::annuaire {

std::string jetonDe(auth::Role role, std::vector<std::string> territoires, std::vector<std::string> partenaires) {
    auto claims = agents::agent(role, std::move(territoires), std::move(partenaires));
    claims.scopes = auth::scopesOf(role);
    return product::platform().token(claims);
}

const std::string& superAdmin() {
    static const auto jeton = jetonDe(auth::Role::SuperAdmin);
    return jeton;
}

std::string responsable(const std::string& territoire) {
    return jetonDe(auth::Role::ResponsableTerritoire, {territoire}, {"x"});
}

std::string nomNeuf(const std::string& debut) {
    return debut + " " + core::randomHex(6);
}

Answer creer(const std::string& chemin, const Json& corps, const std::string& jeton) {
    return comptes::avec("POST", chemin, corps, jeton);
}

Json cree(const std::string& chemin, const Json& corps) {
    const auto answer = creer(chemin, corps);
    INFO(chemin << " " << answer.body);
    REQUIRE(answer.status == 201);
    const auto fiche = answer.json();
    CHECK(answer.header("Location") ==
          chemin.substr(0, chemin.find("/fiches")) + "/" + fiche.at("id").get<std::string>());
    CHECK(answer.header("ETag") == fiche.at("etag"));
    return fiche;
}

Answer lire(const std::string& chemin, const std::string& jeton) {
    return comptes::avec("GET", chemin, nullptr, jeton);
}

Answer modifier(const std::string& chemin, const Json& corps, const std::string& jeton, std::string version) {
    if (version.empty()) version = lire(chemin).header("ETag");
    return comptes::avec("PATCH", chemin, corps, jeton, {{"If-Match", version}});
}

Answer archiver(const std::string& chemin, const std::string& jeton) {
    return comptes::avec("DELETE", chemin, nullptr, jeton, {{"If-Match", lire(chemin).header("ETag")}});
}

std::string refus(const Answer& answer) {
    std::string tous;
    const auto json = answer.json();
    if (!json.contains("violations")) return json.value("code", "");
    for (const auto& un : json.at("violations")) {
        tous += (tous.empty() ? "" : " ") + un.at("champ").get<std::string>() + ":" + un.at("code").get<std::string>();
    }
    return tous;
}

std::string carre(double longitude, double latitude, double d) {
    const auto point = [](double x, double y) { return std::to_string(x) + " " + std::to_string(y); };
    return "POLYGON ((" + point(longitude - d, latitude - d) + ", " + point(longitude + d, latitude - d) + ", " +
           point(longitude + d, latitude + d) + ", " + point(longitude - d, latitude + d) + ", " +
           point(longitude - d, latitude - d) + "))";
}

std::vector<int> ensemble(int combien, const std::function<Answer(int)>& demander) {
    std::vector<int> statuts(static_cast<std::size_t>(combien));
    std::vector<std::thread> clients;
    for (int i = 0; i < combien; ++i) {
        clients.emplace_back([&, i] { statuts[static_cast<std::size_t>(i)] = demander(i).status; });
    }
    for (auto& client : clients) client.join();
    return statuts;
}

}  // namespace histologe::annuaire
