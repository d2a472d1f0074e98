// Systems: their accounts, and the two doors by which they come in.
#include <catch2/catch.hpp>

#include "libs/auth/base64url.hpp"
#include "libs/auth/secrets.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "tests/system/comptes/comptes.hpp"

using namespace histologe;
using namespace histologe::comptes;
using core::Json;

namespace {

const std::string& superAdmin() {
    static const auto jeton = [] {
        auto claims = agents::agent(auth::Role::SuperAdmin);
        claims.scopes = {"comptes-api:write", "moi"};
        return product::platform().token(claims);
    }();
    return jeton;
}

struct Systeme {
    std::string id;
    std::string courriel;
    std::string secret;
};

Systeme systeme(const Json& permissions) {
    Systeme made;
    made.courriel = "api-" + core::randomHex(5) + "@exemple.fr";
    const auto answer =
        post("/comptes-api", {{"courriel", made.courriel}, {"nom", "Ville"}, {"permissions", permissions}}, superAdmin());
    INFO(answer.body);
    REQUIRE(answer.status == 201);
    made.id = answer.json().at("id").get<std::string>();
    made.secret = answer.json().at("secret").get<std::string>();
    return made;
}

Answer login(const Json& corps) {
    return post("/api/login", corps);
}

Answer jeton(const std::string& formulaire, const std::string& basic = {}) {
    product::Headers headers;
    if (!basic.empty()) {
        auto base64 = auth::toBase64url(basic);
        for (auto& c : base64) c = c == '-' ? '+' : c == '_' ? '/' : c;
        while (base64.size() % 4 != 0) base64 += '=';
        headers.emplace_back("Authorization", "Basic " + base64);
    }
    return product::request("POST", "/oauth/token", formulaire, "application/x-www-form-urlencoded", headers);
}

// The payload of a signed token.
Json charge(const std::string& signe) {
    return core::parseJson(auth::fromBase64url(core::split(signe, '.').at(1)).value());
}

Json permission(const char* membre, const std::string& valeur) {
    return {{membre, valeur}};
}

}  // namespace

TEST_CASE("a system signs in as on today's platform, and its token counts everywhere") {
    oublierEchecs();
    const auto a = partenaireDe("13");
    const auto compte = systeme(Json::array({permission("partenaire", a)}));
    const auto entree = login({{"email", compte.courriel}, {"password", compte.secret}});
    REQUIRE(entree.status == 200);
    const auto token = entree.json().at("token").get<std::string>();
    CHECK(auth::hasFormOfSecret(token));
    const auto fin = core::parseInstant(entree.json().at("expires_at").get<std::string>());
    REQUIRE(fin);
    CHECK(*fin - core::SystemClock().now() > std::chrono::minutes(58));
    CHECK(*fin - core::SystemClock().now() <= std::chrono::minutes(60) + std::chrono::seconds(2));
    CHECK(one("SELECT count(*) FROM routing.jetons_opaques WHERE empreinte = '" + token + "'") == "0");
    // Used at once at another service, before it can have heard of it: known, and refused only for what it may not do.
    const auto ailleurs = get("/agents/brouillons", token);
    CHECK(ailleurs.status != 401);
    CHECK(get("/moi", token).status == 403);
    CHECK(get("/agents/brouillons", auth::newSecret()).status == 401);
    // A second token lives beside the first; another secret ends both within five seconds.
    CHECK(login({{"email", compte.courriel}, {"password", compte.secret}}).status == 200);
    CHECK(get("/moi", token).status == 403);
    const auto change = post("/comptes-api/" + compte.id + "/secret", nullptr, superAdmin());
    REQUIRE(change.status == 200);
    CHECK(login({{"email", compte.courriel}, {"password", compte.secret}}).status == 401);
    CHECK(jusqua("/agents/brouillons", token, 401, 5) >= 0);
    CHECK(jusqua("/moi", token, 401, 5) >= 0);
    const auto nouveau = login({{"email", compte.courriel}, {"password", change.json().at("secret")}});
    REQUIRE(nouveau.status == 200);
    CHECK(get("/moi", nouveau.json().at("token").get<std::string>()).status == 403);
}

TEST_CASE("refusals of the login are those that clients know, and tell nobody apart") {
    oublierEchecs();
    const auto compte = systeme(Json::array({permission("partenaire", partenaireDe("13"))}));
    const auto agent = ouvert("agent", {partenaireDe("13")});
    const Json faux = {{"error", "Identifiants invalides."},
                       {"message", "Les identifiants sont invalides."},
                       {"status", 401}};
    for (const auto& corps : {Json{{"email", compte.courriel}, {"password", "faux"}},
                              Json{{"email", "inconnu@exemple.fr"}, {"password", "faux"}},
                              Json{{"email", agent.courriel}, {"password", kMotDePasse}},
                              Json{{"email", nullptr}, {"password", nullptr}}, Json::object()}) {
        INFO(corps.dump());
        const auto answer = login(corps);
        CHECK(answer.status == 401);
        CHECK(answer.json() == faux);
    }
    CHECK(login({{"email", ""}, {"password", ""}}).json().at("message") == "E-mail ou mot de passe manquant.");
    for (int i = 0; i < 4; ++i) login({{"email", compte.courriel}, {"password", "faux"}});
    const auto trop = login({{"email", compte.courriel}, {"password", compte.secret}});
    CHECK(trop.status == 401);
    CHECK(trop.json().at("error") == "Vous avez fait trop de tentatives de connexion, merci de ré-essayer dans 20 minutes.");
    oublierEchecs();
    // A system has no place at the agents' door.
    CHECK(entrer(compte.courriel, compte.secret).status == 401);
}

TEST_CASE("OAuth 2.0, client credentials: in the body or as Basic, with the scopes that are asked for") {
    oublierEchecs();
    const auto a = partenaireDe("13");
    const auto compte = systeme(Json::array({permission("partenaire", a)}));
    const auto forme = "grant_type=client_credentials&client_id=" + compte.id + "&client_secret=" + compte.secret;
    const auto donne = jeton(forme);
    REQUIRE(donne.status == 200);
    CHECK(donne.json().at("token_type") == "Bearer");
    CHECK(donne.json().at("expires_in") == 3600);
    const auto contenu = charge(donne.json().at("access_token"));
    CHECK(contenu.at("role") == "api");
    CHECK(contenu.at("sub") == compte.id);
    CHECK(contenu.at("partenaires") == Json::array({a}));
    CHECK(get("/agents/brouillons", donne.json().at("access_token")).status != 401);

    const auto basic = jeton("grant_type=client_credentials&scope=signalements%3Aread", compte.id + ":" + compte.secret);
    REQUIRE(basic.status == 200);
    CHECK(basic.json().at("scope") == "signalements:read");
    CHECK(charge(basic.json().at("access_token")).at("scope") == "signalements:read");
    CHECK(jeton("grant_type=client_credentials", compte.courriel + ":" + compte.secret).status == 200);

    CHECK(jeton(forme + "&scope=comptes-api%3Awrite").json().at("error") == "invalid_scope");
    CHECK(jeton("grant_type=password&username=x&password=y").json().at("error") == "unsupported_grant_type");
    CHECK(jeton("client_id=x").json().at("error") == "invalid_request");
    CHECK(jeton(forme, compte.id + ":" + compte.secret).json().at("error") == "invalid_request");
    const auto refus = jeton("grant_type=client_credentials", compte.id + ":faux");
    CHECK(refus.status == 401);
    CHECK(refus.json().at("error") == "invalid_client");
    CHECK(refus.header("WWW-Authenticate").starts_with("Basic "));
    CHECK(jeton("grant_type=client_credentials", core::uuidV4() + ":faux").json() == refus.json());
    CHECK(one("SELECT derniere_connexion_le IS NOT NULL FROM routing.comptes WHERE id = '" + compte.id + "'") == "t");
}

TEST_CASE("permissions by partner, kind, territory and both are what the token says, archived partners left out") {
    oublierEchecs();
    const auto partenaires = [](const Json& permissions) {
        const auto compte = systeme(permissions);
        const auto donne = jeton("grant_type=client_credentials", compte.id + ":" + compte.secret).json();
        // What is too long for a signed token is kept instead.
        const auto token = donne.at("access_token").get<std::string>();
        const auto contenu = auth::hasFormOfSecret(token)
                                 ? core::parseJson(one("SELECT contenu FROM routing.jetons_opaques WHERE empreinte = '" +
                                                       auth::fingerprint(token) + "'"))
                                 : charge(token);
        return contenu.contains("partenaires") ? contenu.at("partenaires").size() : 0;
    };
    const auto compte = [](const std::string& condition) {
        return static_cast<std::size_t>(std::stoi(one("SELECT count(*) FROM routing.partenaires WHERE NOT "
            "coalesce((contenu->>'archive')::boolean, false) AND " + condition)));
    };
    const auto a = partenaireDe("13");
    CHECK(partenaires(Json::array({permission("territoire", "13")})) == compte("contenu->>'territoire' = '13'"));
    CHECK(partenaires(Json::array({permission("type", "COMMUNE_SCHS")})) == compte("contenu->>'type' = 'COMMUNE_SCHS'"));
    CHECK(partenaires(Json::array({{{"type", "COMMUNE_SCHS"}, {"territoire", "13"}}})) ==
          compte("contenu->>'type' = 'COMMUNE_SCHS' AND contenu->>'territoire' = '13'"));
    CHECK(partenaires(Json::array({permission("partenaire", a), permission("territoire", "13")})) ==
          compte("contenu->>'territoire' = '13'"));
    CHECK(partenaires(Json::array()) == 0);
    const auto refuse = [](const Json& permissions) {
        return post("/comptes-api", {{"courriel", "api-" + core::randomHex(5) + "@exemple.fr"}, {"nom", "X"},
                                     {"permissions", permissions}}, superAdmin());
    };
    CHECK(refuse(Json::array({{{"partenaire", a}, {"type", "ARS"}}})).json().at("violations")[0].at("code") ==
          "permission_invalide");
    CHECK(refuse(Json::array({permission("partenaire", "personne")})).json().at("violations")[0].at("code") ==
          "partenaire_inconnu");
    CHECK(refuse(Json::array({permission("type", "RIEN")})).status == 400);
    CHECK(refuse(Json::array({permission("territoire", "99")})).status == 400);
}

TEST_CASE("a token for very many partners is opaque") {
    oublierEchecs();
    environment::Sql(product::platform().superuserUrl())
        .run("INSERT INTO routing.partenaires (id, contenu) SELECT 'p-' || n || '-00000000-0000-0000-0000-000000000000', "
             "jsonb_build_object('nom', 'P', 'type', 'TRIBUNAL', 'territoire', '976', 'archive', false) "
             "FROM generate_series(1, 400) n ON CONFLICT DO NOTHING");
    const auto compte = systeme(Json::array({{{"type", "TRIBUNAL"}, {"territoire", "976"}}}));
    const auto donne = jeton("grant_type=client_credentials", compte.id + ":" + compte.secret);
    REQUIRE(donne.status == 200);
    const auto token = donne.json().at("access_token").get<std::string>();
    CHECK(auth::hasFormOfSecret(token));
    CHECK(get("/agents/brouillons", token).status != 401);
    environment::Sql(product::platform().superuserUrl()).run("DELETE FROM routing.partenaires WHERE id LIKE 'p-%-0000%'");
}

TEST_CASE("accounts of systems are the super admins' alone") {
    const auto compte = systeme(Json::array({permission("partenaire", partenaireDe("13"))}));
    auto claims = agents::agent(auth::Role::ResponsableTerritoire, {"13"}, {partenaireDe("13")});
    claims.scopes = {"comptes-api:write"};
    const auto rt = product::platform().token(claims);
    CHECK(get("/comptes-api", rt).status == 403);
    CHECK(get("/comptes-api/" + compte.id, rt).status == 403);
    CHECK(post("/comptes-api/" + compte.id + "/secret", nullptr, rt).status == 403);
    CHECK(get("/comptes-api/" + compte.id, superAdmin()).json().at("permissions").size() == 1);
    CHECK(get("/comptes-api", superAdmin()).body.find(compte.secret) == std::string::npos);
    CHECK(get("/comptes-api/" + ouvert("agent", {partenaireDe("13")}).id, superAdmin()).status == 404);
    CHECK(avec("DELETE", "/comptes-api/" + compte.id, nullptr, superAdmin()).json().at("statut") == "ARCHIVE");
    CHECK(login({{"email", compte.courriel}, {"password", compte.secret}}).status == 401);
    CHECK(get("/comptes-api/" + compte.id, superAdmin()).status == 404);
}
