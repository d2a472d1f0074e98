// Signing in at a real OpenID Connect provider (oidc-provider, from npm), in the profile of ProConnect.
#include <catch2/catch.hpp>

#include <httplib.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <map>
#include <thread>

#include "libs/core/ids.hpp"
#include "libs/http/uri.hpp"
#include "tests/system/comptes/comptes.hpp"
#include "tools/environment/ports.hpp"
#include "tools/environment/probe.hpp"

extern char** environ;

using namespace histologe;
using namespace histologe::comptes;
using core::Json;

namespace {

constexpr char kRetour[] = "http://localhost:3000/connexion/proconnect";

class Fournisseur {
  public:
    Fournisseur() {
        const std::string script = HISTOLOGE_SOURCE_DIR "/tools/environment/oidc/run";
        port_ = ports_.take();
        const auto port = std::to_string(port_);
        const std::vector<const char*> arguments = {script.c_str(), port.c_str(), kRetour, nullptr};
        REQUIRE(::posix_spawn(&process_, script.c_str(), nullptr, nullptr, const_cast<char* const*>(arguments.data()),
                              environ) == 0);
        for (int i = 0; i < 600 && environment::httpStatus(port_, "/.well-known/openid-configuration") != 200; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        REQUIRE(environment::httpStatus(port_, "/.well-known/openid-configuration") == 200);
    }
    ~Fournisseur() {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    Fournisseur(const Fournisseur&) = delete;
    Fournisseur& operator=(const Fournisseur&) = delete;
    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] std::string adresse() const { return "http://127.0.0.1:" + std::to_string(port_); }

  private:
    environment::Ports ports_;
    pid_t process_ = 0;
    int port_ = 0;
};

// A browser at the provider: follows it, keeps its cookies, signs in as `courriel`; the address to which it is sent back.
std::string signerChez(const Fournisseur& fournisseur, const std::string& depart, const std::string& courriel) {
    httplib::Client client("127.0.0.1", fournisseur.port());
    std::map<std::string, std::string> cookies;
    std::string adresse = depart;
    for (int pas = 0; pas < 6; ++pas) {
        if (adresse.starts_with(fournisseur.adresse())) adresse = adresse.substr(fournisseur.adresse().size());
        if (!adresse.starts_with("/")) return adresse;
        httplib::Request request;
        request.path = adresse;
        request.method = adresse.starts_with("/interaction/") ? "POST" : "GET";
        std::string tous;
        for (const auto& [nom, valeur] : cookies) tous += (tous.empty() ? "" : "; ") + nom + "=" + valeur;
        if (!tous.empty()) request.headers.emplace("Cookie", tous);
        if (request.method == "POST") {
            request.body = "prompt=login&password=x&login=" + http::encodeQueryValue(courriel);
            request.headers.emplace("Content-Type", "application/x-www-form-urlencoded");
        }
        const auto result = client.send(request);
        REQUIRE(result);
        INFO(result->body);
        REQUIRE(result->status == 303);
        for (const auto& [nom, valeur] : result->headers) {
            if (nom != "Set-Cookie" && nom != "set-cookie") continue;
            const auto egal = valeur.find('=');
            cookies[valeur.substr(0, egal)] = valeur.substr(egal + 1, valeur.find(';') - egal - 1);
        }
        adresse = result->get_header_value("Location");
    }
    return {};
}

void servirAvec(const Fournisseur& fournisseur, const std::string& client, const std::string& secret = "secret-de-test") {
    auto& platform = product::platform();
    auto& variables = platform.settings().variables["routing"];
    variables["HISTOLOGE_ROUTING_PROCONNECT_ISSUER"] = fournisseur.adresse();
    variables["HISTOLOGE_ROUTING_PROCONNECT_CLIENT_ID"] = client;
    variables["HISTOLOGE_ROUTING_PROCONNECT_CLIENT_SECRET"] = secret;
    variables["HISTOLOGE_ROUTING_PROCONNECT_REDIRECT"] = kRetour;
    platform.stop("routing-0");
    platform.startService("routing");
}

struct Retour {
    Json corps;
    std::string etat;
};

// Begins with us, signs in there, and is back.
Retour aller(const Fournisseur& fournisseur, const std::string& courriel) {
    const auto depart = post("/connexion/proconnect/depart", nullptr);
    INFO(depart.body);
    REQUIRE(depart.status == 200);
    const auto json = depart.json();
    const auto adresse = json.at("adresse").get<std::string>();
    CHECK(adresse.find("code_challenge_method=S256") != std::string::npos);
    CHECK(adresse.find("nonce=") != std::string::npos);
    const auto retour = signerChez(fournisseur, adresse, courriel);
    REQUIRE(retour.starts_with(kRetour));
    const auto query = http::parseQuery(retour.substr(retour.find('?') + 1)).value();
    CHECK(query.get("state") == json.at("etat"));
    return {{{"code", query.get("code")}, {"etat", query.get("state")}, {"navigateur", json.at("navigateur")}},
            query.get("state")};
}

Answer finir(const Json& corps) {
    return post("/connexion/proconnect/retour", corps);
}

}  // namespace

TEST_CASE("without a provider this way in is closed") {
    CHECK(post("/connexion/proconnect/depart", nullptr).json().at("code") == "proconnect_ferme");
}

TEST_CASE("an agent signs in at the provider, and at no other price") {
    product::platform();
    const Fournisseur fournisseur;
    const auto partenaire = partenaireDe("13");
    const auto compte = ferme("agent", {partenaire});
    const auto admin = ferme("super_admin", {});

    for (const char* client : {"histologe", "histologe-ec"}) {
        INFO(client);
        servirAvec(fournisseur, client);
        // An INACTIVE account becomes ACTIVE; no password, no code.
        const auto retour = aller(fournisseur, compte.courriel);
        const auto entree = finir(retour.corps);
        INFO(entree.body);
        REQUIRE(entree.status == 200);
        CHECK(entree.json().at("compte").at("id") == compte.id);
        CHECK(get("/moi", entree.json().at("jetonAcces")).status == 200);
        CHECK(one("SELECT statut || ' ' || identite_proconnect FROM routing.comptes WHERE id = '" + compte.id + "'") ==
              "ACTIVE sujet-" + compte.courriel);
        CHECK(post("/connexion/rafraichissement",
                   {{"jetonRafraichissement", entree.json().at("jetonRafraichissement")}}).status == 200);
        // Once.
        CHECK(finir(retour.corps).json().at("code") == "depart_inconnu");
    }
    CHECK(finir(aller(fournisseur, admin.courriel).corps).json().at("compte").at("role") == "super_admin");

    // Another browser's state, a code of another sign-in, a code that is none.
    auto vole = aller(fournisseur, compte.courriel).corps;
    vole["navigateur"] = std::string(64, 'a');
    CHECK(finir(vole).json().at("code") == "depart_inconnu");
    auto mele = aller(fournisseur, compte.courriel).corps;
    mele["code"] = aller(fournisseur, compte.courriel).corps.at("code");
    CHECK(finir(mele).json().at("code") == "proconnect_refuse");
    auto faux = aller(fournisseur, compte.courriel).corps;
    faux["code"] = "nimporte";
    CHECK(finir(faux).json().at("code") == "proconnect_refuse");
    // Another nonce than the one that was sent: the ID token is somebody else's.
    const auto rejoue = aller(fournisseur, compte.courriel);
    environment::Sql(product::platform().superuserUrl()).run("UPDATE routing.connexions_proconnect SET nonce = 'autre'");
    CHECK(finir(rejoue.corps).json().at("code") == "proconnect_refuse");

    // Found by its identity although its address changed; unknown, closed and archived accounts stay out.
    environment::Sql sql(product::platform().superuserUrl());
    sql.rows("UPDATE routing.comptes SET courriel = 'change-' || courriel WHERE id = $1", {compte.id});
    CHECK(finir(aller(fournisseur, compte.courriel).corps).json().at("compte").at("id") == compte.id);
    CHECK(finir(aller(fournisseur, "inconnu-" + core::randomHex(4) + "@exemple.fr").corps).status == 403);
    sql.rows("UPDATE routing.comptes SET desactive_le = now() WHERE id = $1", {compte.id});
    CHECK(finir(aller(fournisseur, compte.courriel).corps).json().at("code") == "compte_ferme");
    sql.rows("UPDATE routing.comptes SET desactive_le = NULL, statut = 'ARCHIVE' WHERE id = $1", {compte.id});
    CHECK(finir(aller(fournisseur, compte.courriel).corps).json().at("code") == "compte_ferme");

    // A wrong secret of ours is refused there, and passwords still do.
    servirAvec(fournisseur, "histologe", "faux");
    CHECK(finir(aller(fournisseur, admin.courriel).corps).json().at("code") == "proconnect_refuse");
}

TEST_CASE("an account whose address was changed no longer knows who held it at the provider") {
    oublierEchecs();
    const Fournisseur fournisseur;
    servirAvec(fournisseur, "histologe");
    const auto compte = ferme("agent", {partenaireDe("13")});
    REQUIRE(finir(aller(fournisseur, compte.courriel).corps).status == 200);
    // Two people cannot be bound to one account: the second one is refused though the address is his too.
    environment::Sql sql(product::platform().superuserUrl());
    sql.rows("UPDATE routing.comptes SET identite_proconnect = 'sujet-autre' WHERE id = $1", {compte.id});
    CHECK(finir(aller(fournisseur, compte.courriel).corps).json().at("code") == "compte_ferme");
    sql.rows("UPDATE routing.comptes SET identite_proconnect = $2 WHERE id = $1", {compte.id, "sujet-" + compte.courriel});

    auto claims = agents::agent(auth::Role::SuperAdmin);
    claims.scopes = {"comptes:write"};
    const auto admin = product::platform().token(claims);
    const auto suivante = "suivante-" + core::randomHex(4) + "@exemple.fr";
    REQUIRE(avec("PATCH", "/comptes/" + compte.id, {{"courriel", suivante}}, admin, {{"If-Match", "*"}}).status == 200);
    CHECK(finir(aller(fournisseur, compte.courriel).corps).status == 403);
    CHECK(finir(aller(fournisseur, suivante).corps).json().at("compte").at("id") == compte.id);
}

TEST_CASE("a provider that is away is told as such, and passwords go on") {
    oublierEchecs();
    auto& variables = product::platform().settings().variables["routing"];
    variables["HISTOLOGE_ROUTING_PROCONNECT_ISSUER"] = "http://127.0.0.1:1";
    variables["HISTOLOGE_ROUTING_PROCONNECT_CLIENT_ID"] = "histologe";
    variables["HISTOLOGE_ROUTING_PROCONNECT_CLIENT_SECRET"] = "x";
    variables["HISTOLOGE_ROUTING_PROCONNECT_REDIRECT"] = kRetour;
    product::platform().stop("routing-0");
    product::platform().startService("routing");
    CHECK(post("/connexion/proconnect/depart", nullptr).status == 503);
    CHECK(entrer(ouvert("agent", {partenaireDe("13")}).courriel, kMotDePasse).status == 200);
}
