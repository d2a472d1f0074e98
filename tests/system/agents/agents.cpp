#include "tests/system/agents/agents.hpp"

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"

namespace histologe::agents {

using core::Json;

auth::Claims agent(auth::Role role, std::vector<std::string> territoires, std::vector<std::string> partenaires) {
    auth::Claims claims;
    claims.subject = core::uuidV4();
    claims.role = role;
    claims.territoires = std::move(territoires);
    claims.partenaires = std::move(partenaires);
    claims.scopes = {"signalements:create", "signalements:read", "signalements:write", "signalements:audit"};
    return claims;
}

Answer ask(const auth::Claims& who, const std::string& method, const std::string& path, const Json& body,
           Headers headers) {
    headers.emplace_back("Authorization", "Bearer " + product::platform().token(who));
    if (!body.is_null()) headers.emplace_back("Content-Type", "application/json");
    return product::request(method, path, body.is_null() ? "" : core::dumpJson(body), "", headers);
}

std::string one(const std::string& query) {
    const auto rows = environment::Sql(product::platform().superuserUrl()).rows(query);
    return rows.empty() ? std::string() : rows[0][0].value_or("");
}

std::string newStreet() {
    // Letters only: a number within a name would be taken apart when addresses are compared.
    std::string name = core::randomHex(6);
    for (char& c : name) c = c >= '0' && c <= '9' ? static_cast<char>('g' + (c - '0')) : c;
    return "12 rue " + name;
}

Json address(const std::string& street) {
    return {{"profileDeclarant", "LOCATAIRE"},
            {"adresseOccupant", street},
            {"cpOccupant", "13002"},
            {"villeOccupant", "Marseille 2e Arrondissement"},
            {"inseeOccupant", "13202"},
            {"isLogementSocial", "non"},
            {"natureLogement", "appartement"},
            {"nbOccupantsLogement", 2},
            {"latitude", 43.3},
            {"longitude", 5.37}};
}

Draft writeDraft(const auth::Claims& who, const Json& addressStep) {
    const auto created = ask(who, "POST", "/agents/brouillons?forcer=true", addressStep);
    INFO(created.body);
    REQUIRE(created.status == 201);
    Draft draft{created.json().at("uuid").get<std::string>(), created.header("ETag")};
    const std::vector<std::pair<const char*, Json>> steps = {
        {"logement",
         {{"nombrePieces", 3}, {"superficie", 60}, {"cuisine", "oui"}, {"sdb", "oui"}, {"toilettes", "oui"}}},
        {"situation", {{"bail", "oui"}, {"allocataire", "non"}, {"isProprioAverti", "oui"}}},
        {"coordonnees",
         {{"nomOccupant", "Durand"}, {"prenomOccupant", "Léa"}, {"mailOccupant", "lea.durand@example.org"}}},
        {"desordres",
         {{"details", "Humidité partout."},
          {"desordres", Json::array({{{"critere", "desordres_batiment_proprete_interieur"}}})}}}};
    for (const auto& [name, body] : steps) {
        const auto saved =
            ask(who, "PUT", "/agents/brouillons/" + draft.uuid + "/etapes/" + name, body, {{"If-Match", draft.etag}});
        INFO(saved.body);
        REQUIRE(saved.status == 200);
        draft.etag = saved.header("ETag");
    }
    return draft;
}

Json consents() {
    return {{"consentementTiers", true}, {"consentementDonneesSante", true}};
}

std::string declared() {
    const auto payload = product::sample("step__validation_signalement__locataire.json");
    const auto draft = product::beginDraft(payload);
    REQUIRE_FALSE(draft.empty());
    REQUIRE(product::submit(draft, payload).status == 200);
    const auto uuid = one("SELECT uuid FROM intake.signalements WHERE brouillon = '" + draft + "'");
    REQUIRE(product::waitFor("SELECT count(*) > 0 FROM intake.dossiers_partenaires WHERE signalement = '" + uuid + "'",
                             "t") == "t");
    REQUIRE(product::waitFor("SELECT statut FROM intake.signalements WHERE uuid = '" + uuid + "'", "ACTIVE") ==
            "ACTIVE");
    REQUIRE(product::waitFor("SELECT count(*) FROM scoring.scores WHERE signalement = '" + uuid + "'", "1") == "1");
    return uuid;
}

}  // namespace histologe::agents
