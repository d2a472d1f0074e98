// Accounts managed over HTTP, by whom it may be.
#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "tests/system/comptes/comptes.hpp"

using namespace histologe;
using namespace histologe::comptes;
using core::Json;

namespace {

// The token of a manager; the second factor is passed over by making one directly.
std::string jetonDe(auth::Role role, std::vector<std::string> territoires = {}, std::vector<std::string> partenaires = {}) {
    auto claims = agents::agent(role, std::move(territoires), std::move(partenaires));
    claims.scopes = {"comptes:read", "comptes:write", "comptes-api:write", "moi"};
    return product::platform().token(claims);
}

const std::string& superAdmin() {
    static const auto jeton = jetonDe(auth::Role::SuperAdmin);
    return jeton;
}

std::string adresse() {
    return "nouveau-" + core::randomHex(5) + "@exemple.fr";
}

Answer creer(const std::string& jeton, const std::string& courriel, const std::string& role, const Json& partenaire) {
    Json corps = {{"courriel", courriel}, {"prenom", "Noé"}, {"nom", "Martin"}, {"role", role}};
    if (!partenaire.is_null()) corps["partenaire"] = partenaire;
    return post("/comptes", corps, jeton);
}

std::string statut(const std::string& compte) {
    return one("SELECT statut FROM routing.comptes WHERE id = '" + compte + "'");
}

std::string courriels(const std::string& compte) {
    return one("SELECT string_agg(donnees->>'motif', ' ' ORDER BY numero) FROM routing.evenements "
               "WHERE type = 'compte.courriel_demande' AND sujet = 'compte:" + compte + "'");
}

}  // namespace

TEST_CASE("accounts are opened where one may, with a role no higher than one's own") {
    const auto a = partenaireDe("13", 0);
    const auto b = partenaireDe("13", 1);
    const auto ailleurs = partenaireDe("30", 0);
    REQUIRE_FALSE(ailleurs.empty());
    const auto rt = jetonDe(auth::Role::ResponsableTerritoire, {"13"}, {a});
    const auto ap = jetonDe(auth::Role::AdminPartenaire, {"13"}, {a});
    const struct {
        std::string jeton;
        const char* role;
        Json partenaire;
        int statut;
    } cas[] = {{superAdmin(), "agent", ailleurs, 201},
               {superAdmin(), "super_admin", nullptr, 201},
               {superAdmin(), "agent", nullptr, 400},
               {rt, "responsable_territoire", b, 201},
               {rt, "agent", b, 201},
               {rt, "super_admin", b, 403},
               {rt, "agent", ailleurs, 403},
               {rt, "agent", "personne", 403},
               {ap, "admin_partenaire", a, 201},
               {ap, "agent", b, 403},
               {ap, "responsable_territoire", a, 403},
               {jetonDe(auth::Role::Agent, {"13"}, {a}), "agent", a, 403}};
    for (const auto& un : cas) {
        const auto courriel = adresse();
        const auto answer = creer(un.jeton, courriel, un.role, un.partenaire);
        INFO(un.role << " " << un.partenaire.dump() << " " << answer.body);
        CHECK(answer.status == un.statut);
        if (un.statut == 201) {
            const auto compte = answer.json();
            CHECK(compte.at("statut") == "INACTIVE");
            CHECK(answer.header("Location") == "/comptes/" + compte.at("id").get<std::string>());
            CHECK(courriels(compte.at("id")) == "ACCOUNT_ACTIVATION_FROM_BO");
        } else {
            CHECK(one("SELECT count(*) FROM routing.comptes WHERE courriel = '" + courriel + "'") == "0");
        }
    }
    // A refused partner that exists and one that does not are answered alike.
    auto refuse = creer(rt, adresse(), "agent", ailleurs).json();
    auto inconnu = creer(rt, adresse(), "agent", "personne").json();
    refuse.erase("instance");
    inconnu.erase("instance");
    CHECK(refuse == inconnu);
    const auto courriel = adresse();
    CHECK(creer(superAdmin(), courriel, "agent", a).status == 201);
    CHECK(creer(superAdmin(), " " + courriel, "agent", a).json().at("code") == "courriel_pris");
    CHECK(creer(superAdmin(), "pas une adresse", "agent", a).json().at("code") == "courriel_invalide");
    const auto duPartenaire = one("SELECT contenu->>'courriel' FROM routing.partenaires WHERE id = '" + a + "'");
    CHECK(creer(superAdmin(), duPartenaire, "agent", a).json().at("code") == "courriel_de_partenaire");
}

TEST_CASE("who may not see an account is told that there is none, in lists too") {
    const auto a = partenaireDe("13", 0);
    const auto b = partenaireDe("13", 1);
    const auto c = partenaireDe("30", 0);
    const auto marque = "Zz" + core::randomHex(5);
    std::map<std::string, std::string> comptes;
    for (const auto& [nom, partenaire] : std::map<std::string, std::string>{{"a", a}, {"b", b}, {"c", c}}) {
        comptes[nom] = post("/comptes", {{"courriel", adresse()}, {"prenom", nom}, {"nom", marque}, {"role", "agent"},
                                         {"partenaire", partenaire}}, superAdmin()).json().at("id").get<std::string>();
    }
    comptes["s"] = post("/comptes", {{"courriel", adresse()}, {"prenom", "s"}, {"nom", marque}, {"role", "super_admin"}},
                        superAdmin()).json().at("id").get<std::string>();
    const struct {
        std::string jeton;
        const char* voit;
    } cas[] = {{superAdmin(), "abcs"},
               {jetonDe(auth::Role::ResponsableTerritoire, {"13"}, {a}), "ab"},
               {jetonDe(auth::Role::ResponsableTerritoire, {"13", "30"}, {a, c}), "abc"},
               {jetonDe(auth::Role::AdminPartenaire, {"13"}, {a}), "a"},
               {jetonDe(auth::Role::AdminPartenaire, {"75"}, {"x"}), ""},
               {jetonDe(auth::Role::Agent, {"13"}, {a}), ""},
               {jetonDe(auth::Role::Api, {"13"}, {a}), ""}};
    for (const auto& un : cas) {
        INFO(un.voit);
        std::string liste;
        const auto page = get("/comptes?q=" + marque + "&limite=100", un.jeton);
        REQUIRE(page.status == 200);
        const auto trouves = page.json().at("comptes");
        for (const auto& compte : trouves) liste += compte.at("prenom").get<std::string>();
        CHECK(liste == un.voit);
        for (const auto& [nom, id] : comptes) {
            const bool voit = std::string(un.voit).find(nom) != std::string::npos;
            auto answer = get("/comptes/" + id, un.jeton);
            CHECK(answer.status == (voit ? 200 : 404));
            if (voit) continue;
            auto inconnu = get("/comptes/" + core::uuidV4(), un.jeton).json();
            auto refus = answer.json();
            inconnu.erase("instance");
            refus.erase("instance");
            CHECK(refus == inconnu);
            CHECK(post("/comptes/" + id + "/activation", nullptr, un.jeton).status == 404);
            CHECK(avec("DELETE", "/comptes/" + id, nullptr, un.jeton).status == 404);
            CHECK(avec("PATCH", "/comptes/" + id, {{"nom", "X"}}, un.jeton, {{"If-Match", "*"}}).status == 404);
        }
    }
    // Filters intersect, pages follow each other and keep what was asked.
    CHECK(get("/comptes?q=" + marque + "&territoire=13&partenaire=" + b, superAdmin()).json().at("comptes").size() == 1);
    CHECK(get("/comptes?q=" + marque + "&territoire=30&partenaire=" + b, superAdmin()).json().at("comptes").empty());
    CHECK(get("/comptes?q=" + marque + "&role=super_admin", superAdmin()).json().at("comptes").size() == 1);
    const auto premiere = get("/comptes?q=" + marque + "&limite=3", superAdmin());
    CHECK(premiere.json().at("comptes").size() == 3);
    const auto lien = premiere.header("Link");
    const auto reste = get(lien.substr(1, lien.find('>') - 1), superAdmin());
    CHECK(reste.json().at("comptes").size() == 1);
    CHECK(reste.header("Link").empty());
}

TEST_CASE("a sheet is edited at its version, and what it changes takes hold everywhere") {
    oublierEchecs();
    const auto a = partenaireDe("13", 0);
    const auto rt = jetonDe(auth::Role::ResponsableTerritoire, {"13"}, {a});
    const auto compte = ouvert("agent", {a});
    const auto jeton = session(compte);
    const auto lu = get("/comptes/" + compte.id, rt);
    const auto version = lu.header("ETag");
    CHECK(avec("PATCH", "/comptes/" + compte.id, {{"nom", "Petit"}}, rt).status == 400);
    CHECK(avec("PATCH", "/comptes/" + compte.id, {{"nom", "Petit"}}, rt, {{"If-Match", "\"0\""}}).status == 412);
    const auto change = avec("PATCH", "/comptes/" + compte.id, {{"nom", "Petit"}, {"fonction", "Inspectrice"}}, rt,
                             {{"If-Match", version}});
    REQUIRE(change.status == 200);
    CHECK(change.json().at("fonction") == "Inspectrice");
    CHECK(change.header("ETag") != version);
    CHECK(get("/moi", jeton.at("jetonAcces")).status == 200);

    // Another role: tokens given before no longer count, the session gives one that has it.
    CHECK(avec("PATCH", "/comptes/" + compte.id, {{"role", "super_admin"}}, rt, {{"If-Match", "*"}}).status == 403);
    REQUIRE(avec("PATCH", "/comptes/" + compte.id, {{"role", "admin_partenaire"}}, rt, {{"If-Match", "*"}}).status == 200);
    CHECK(jusqua("/agents/brouillons", jeton.at("jetonAcces"), 401, 5) >= 0);
    const auto suite = post("/connexion/rafraichissement", {{"jetonRafraichissement", jeton.at("jetonRafraichissement")}});
    REQUIRE(suite.status == 200);
    CHECK(get("/moi", suite.json().at("jetonAcces")).json().at("role") == "admin_partenaire");
    CHECK(get("/comptes", suite.json().at("jetonAcces")).status == 200);

    // Another address: the password is forgotten, the sessions end, a link goes there.
    const auto nouvelle = adresse();
    REQUIRE(avec("PATCH", "/comptes/" + compte.id, {{"courriel", nouvelle}}, rt, {{"If-Match", "*"}}).status == 200);
    CHECK(entrer(nouvelle, kMotDePasse).status == 401);
    CHECK(entrer(compte.courriel, kMotDePasse).status == 401);
    CHECK(post("/connexion/rafraichissement",
               {{"jetonRafraichissement", suite.json().at("jetonRafraichissement")}}).status == 401);
    const auto secret = secretDuCourriel(compte.id, "ACCOUNT_ACTIVATION_FROM_BO");
    CHECK(avec("PUT", "/liens-compte/" + secret, {{"motDePasse", kMotDePasse}}, "").status == 204);
    CHECK(entrer(nouvelle, kMotDePasse).status == 200);

    // The permission to affect is the territory's manager's to give.
    const auto ap = jetonDe(auth::Role::AdminPartenaire, {"13"}, {a});
    const Json permission = {{"permissionAffectation", true}};
    CHECK(avec("PATCH", "/comptes/" + compte.id, permission, ap, {{"If-Match", "*"}}).status == 403);
    CHECK(avec("PATCH", "/comptes/" + compte.id, permission, rt, {{"If-Match", "*"}}).status == 200);
    const auto histoire = get("/comptes/" + compte.id + "/historique", rt).json().at("historique");
    CHECK(histoire.at(0).at("detail") == Json{{"champs", {"permissionAffectation"}}});
    CHECK(histoire.dump().find(nouvelle) == std::string::npos);
    CHECK(histoire.dump().find("Petit") == std::string::npos);
}

TEST_CASE("an account works for further partners, goes to another, leaves them") {
    const auto a = partenaireDe("13", 0);
    const auto b = partenaireDe("13", 1);
    const auto c = partenaireDe("30", 0);
    const auto rt13 = jetonDe(auth::Role::ResponsableTerritoire, {"13"}, {a});
    const auto rt30 = jetonDe(auth::Role::ResponsableTerritoire, {"30"}, {c});
    const auto compte = ouvert("agent", {a});
    const auto rattacher = [](const std::string& jeton, const std::string& courriel, const std::string& partenaire) {
        return post("/comptes/rattachements", {{"courriel", courriel}, {"partenaire", partenaire}}, jeton);
    };
    CHECK(rattacher(rt13, compte.courriel, b).json().at("code") == "deja_du_territoire");
    CHECK(rattacher(rt13, compte.courriel, c).status == 403);
    CHECK(rattacher(rt30, adresse(), c).status == 404);
    CHECK(rattacher(rt30, ouvert("responsable_territoire", {a}).courriel, c).json().at("code") == "rattachement_refuse");
    const auto deux = rattacher(rt30, compte.courriel, c);
    REQUIRE(deux.status == 200);
    CHECK(deux.json().at("territoires") == Json::array({"13", "30"}));
    CHECK(courriels(compte.id) == "ACCOUNT_ACTIVATION_FROM_BO ACCOUNT_NEW_TERRITORY");

    // Neither manager edits what is not wholly his.
    CHECK(avec("PATCH", "/comptes/" + compte.id, {{"nom", "X"}}, rt30, {{"If-Match", "*"}}).status == 403);
    CHECK(avec("DELETE", "/comptes/" + compte.id, nullptr, rt30).status == 403);
    CHECK(avec("DELETE", "/comptes/" + compte.id + "/partenaires/" + a, nullptr, rt30).status == 403);
    const auto transferer = [&](const std::string& jeton, const Json& corps) {
        return post("/comptes/" + compte.id + "/transfert", corps, jeton);
    };
    CHECK(transferer(rt13, {{"vers", b}}).json().at("code") == "partenaire_inconnu");
    CHECK(transferer(rt13, {{"de", a}, {"vers", c}}).status == 403);
    CHECK(transferer(jetonDe(auth::Role::AdminPartenaire, {"13"}, {a, b}), {{"de", a}, {"vers", b}}).status == 403);
    const auto transfere = transferer(rt13, {{"de", a}, {"vers", b}});
    REQUIRE(transfere.status == 200);
    CHECK(transfere.json().at("partenaires").at(1).at("id") == b);
    CHECK(avec("DELETE", "/comptes/" + compte.id + "/partenaires/" + c, nullptr, rt30).json().at("statut") == "ACTIVE");
    CHECK(get("/comptes/" + compte.id, rt30).status == 404);
    const auto dernier = avec("DELETE", "/comptes/" + compte.id + "/partenaires/" + b, nullptr, rt13);
    REQUIRE(dernier.status == 200);
    CHECK(dernier.json().at("statut") == "ARCHIVE");
    CHECK(courriels(compte.id) == "ACCOUNT_ACTIVATION_FROM_BO ACCOUNT_NEW_TERRITORY ACCOUNT_TRANSFER "
                                  "ACCOUNT_REMOVE_FROM_TERRITORY ACCOUNT_DELETE");
    CHECK(entrer(compte.courriel, kMotDePasse).status == 401);

    // The address is free again; who was archived comes back only to an address that is still his.
    const auto reactiver = [](const std::string& id, const Json& corps) {
        return post("/comptes/" + id + "/reactivation", corps, superAdmin());
    };
    CHECK(post("/comptes/" + compte.id + "/reactivation", {{"partenaire", a}}, rt13).status == 403);
    const auto successeur = creer(superAdmin(), compte.courriel, "agent", a).json().at("id").get<std::string>();
    CHECK(reactiver(compte.id, {{"partenaire", a}}).json().at("code") == "courriel_pris");
    CHECK(statut(compte.id) == "ARCHIVE");
    CHECK(avec("DELETE", "/comptes/" + successeur, nullptr, superAdmin()).status == 200);
    CHECK(reactiver(compte.id, Json::object()).status == 400);
    const auto revenu = reactiver(compte.id, {{"partenaire", a}});
    REQUIRE(revenu.status == 200);
    CHECK(revenu.json().at("statut") == "ACTIVE");
    CHECK(reactiver(compte.id, {{"partenaire", a}}).json().at("code") == "statut_inattendu");
    CHECK(entrer(compte.courriel, kMotDePasse).status == 401);
    const auto lien = secretDuCourriel(compte.id, "ACCOUNT_REACTIVATION");
    CHECK(avec("PUT", "/liens-compte/" + lien, {{"motDePasse", kMotDePasse}}, "").status == 204);
    CHECK(entrer(compte.courriel, kMotDePasse).status == 200);
}

TEST_CASE("a super admin closes an account: it is out within five seconds, and cannot open itself again") {
    oublierEchecs();
    const auto a = partenaireDe("13", 0);
    const auto rt = jetonDe(auth::Role::ResponsableTerritoire, {"13"}, {a});
    const auto compte = ouvert("agent", {a});
    const auto jeton = session(compte).at("jetonAcces").get<std::string>();
    CHECK(post("/comptes/" + compte.id + "/desactivation", nullptr, rt).status == 403);
    const auto ferme = post("/comptes/" + compte.id + "/desactivation", nullptr, superAdmin());
    REQUIRE(ferme.status == 200);
    CHECK(ferme.json().at("statut") == "INACTIVE");
    CHECK(jusqua("/agents/brouillons", jeton, 401, 5) >= 0);
    CHECK(jusqua("/moi", jeton, 401, 5) >= 0);
    CHECK(entrer(compte.courriel, kMotDePasse).status == 401);
    const auto avant = courriels(compte.id);
    CHECK(post("/liens-compte", {{"courriel", compte.courriel}}).status == 202);
    CHECK(post("/comptes/" + compte.id + "/activation", nullptr, superAdmin()).status == 409);
    CHECK(courriels(compte.id) == avant);
    CHECK(post("/comptes/" + compte.id + "/desactivation", nullptr, superAdmin()).status == 409);
    CHECK(post("/comptes/" + compte.id + "/reactivation", Json::object(), superAdmin()).status == 200);
    const auto lien = secretDuCourriel(compte.id, "ACCOUNT_REACTIVATION");
    CHECK(avec("PUT", "/liens-compte/" + lien, {{"motDePasse", kMotDePasse}}, "").status == 204);
    CHECK(entrer(compte.courriel, kMotDePasse).status == 200);
}

TEST_CASE("one account looks and is looked at: every operation leaves a trace") {
    auto claims = agents::agent(auth::Role::ResponsableTerritoire, {"13"}, {partenaireDe("13")});
    claims.scopes = {"comptes:read"};
    const auto jeton = product::platform().token(claims);
    CHECK(get("/comptes", jeton).status == 200);
    CHECK(get("/comptes/" + core::uuidV4(), jeton).status == 404);
    CHECK(post("/comptes", Json::object(), jeton).status == 403);
    CHECK(one("SELECT string_agg(operation || coalesce(' ' || issue, ''), ', ' ORDER BY rang) FROM routing.acces "
              "WHERE compte = '" + claims.subject + "'") == "listComptes, getCompte compte_inconnu");
}
