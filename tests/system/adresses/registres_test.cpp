// Where dwellings are, on the whole platform: the dossier follows, and no death loses or repeats anything.
#include <thread>

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "tests/support/faux_registres.hpp"
#include "tests/system/adresses/commande.hpp"

using namespace histologe;
using namespace histologe::adresses;
using histologe::test::FauxRegistres;
using histologe::test::Humeur;
using product::waitFor;
using namespace std::chrono_literals;

namespace {

// Intake asks these registers from its next start.
void brancher(const FauxRegistres& registres) {
    auto& variables = product::platform().settings().variables["intake"];
    variables["HISTOLOGE_INTAKE_BAN_URL"] = registres.ban();
    variables["HISTOLOGE_INTAKE_RNB_URL"] = registres.rnb();
    variables["HISTOLOGE_INTAKE_BAN_TIMEOUT_MS"] = "600";
    variables["HISTOLOGE_INTAKE_BAN_PAUSE_MS"] = "500";
    product::platform().restart("intake-0");
}

// Letters only, so that nothing of it is taken for a house number.
std::string nomDeRue() {
    auto nom = core::randomHex(8);
    for (char& c : nom) {
        if (c >= '0' && c <= '9') c = static_cast<char>('g' + (c - '0'));
    }
    return nom;
}

// The sample that goes to six partners, declared by hand at an address of its own, without a position.
core::Json tapee(const std::string& rue) {
    auto charge = product::sample("locataire_all_in.json");
    charge["adresse_logement_adresse_detail_numero"] = "4 rue " + rue;
    charge["adresse_logement_adresse_detail_manual"] = 1;
    for (const char* cle : {"lat", "lng"}) charge.erase(std::string("adresse_logement_adresse_detail_geoloc_") + cle);
    charge.erase("adresse_logement_adresse_detail_rnb_id");
    charge["vos_coordonnees_occupant_email"] = rue + "@example.org";
    return charge;
}

test::AdresseConnue connue(const std::string& rue, const core::Json& charge) {
    const auto exemple = product::sample("locataire_all_in.json");
    return {0.97,
            "13004_" + rue.substr(0, 4) + "_00004",
            "4",
            "4 Rue " + rue,
            charge.at("adresse_logement_adresse_detail_code_postal").get<std::string>(),
            charge.at("adresse_logement_adresse_detail_commune").get<std::string>(),
            charge.at("adresse_logement_adresse_detail_insee").get<std::string>(),
            exemple.at("adresse_logement_adresse_detail_geoloc_lat").get<double>(),
            exemple.at("adresse_logement_adresse_detail_geoloc_lng").get<double>()};
}

std::string depose(const core::Json& charge) {
    const auto brouillon = product::beginDraft(charge);
    const auto reponse = product::submit(brouillon, charge);
    INFO(reponse.body);
    REQUIRE(reponse.status == 200);
    return un("SELECT uuid FROM intake.signalements WHERE brouillon = '" + brouillon + "'");
}

std::string etat(const std::string& uuid) {
    return "SELECT etat FROM intake.localisations WHERE signalement = '" + uuid + "'";
}
std::string affectations(const std::string& uuid) {
    return "SELECT count(*) FROM routing.affectations WHERE signalement = '" + uuid + "'";
}
std::string dits(const std::string& uuid) {
    return "SELECT count(*) FROM intake.evenements WHERE type = 'signalement.localise' AND sujet = '" + uuid + "'";
}

product::Answer demande(const std::string& chemin, auth::Role role, const std::string& territoire) {
    auth::Claims claims;
    claims.role = role;
    claims.territoires = {territoire};
    claims.scopes = {"signalements:read"};
    return product::request("GET", chemin, "", "", {{"Authorization", "Bearer " + product::platform().token(claims)}});
}

}  // namespace

TEST_CASE("D-49 a dossier without a position goes to nobody, and to its partners once the registers know where it is") {
    FauxRegistres registres;
    brancher(registres);
    const auto rue = nomDeRue();
    const auto charge = tapee(rue);
    registres.connait(rue, connue(rue, charge));
    registres.bati("13004_" + rue.substr(0, 4) + "_00004", "RNB" + rue.substr(0, 9), 43.67, 4.63);
    registres.ferme();  // the BAN is down when the report comes
    const auto uuid = depose(charge);
    REQUIRE(waitFor("SELECT oriente_le IS NOT NULL FROM routing.dossiers WHERE signalement = '" + uuid + "'", "t") ==
            "t");
    CHECK(un(affectations(uuid)) == "0");
    CHECK(un("SELECT statut FROM routing.dossiers WHERE signalement = '" + uuid + "'") == "NEED_VALIDATION");
    CHECK(waitFor("SELECT essais > 0 FROM intake.localisations WHERE signalement = '" + uuid + "'", "t") == "t");

    registres.ouvre();
    un("UPDATE intake.localisations SET prochain_essai = now() WHERE signalement = '" + uuid + "' RETURNING 1");
    CHECK(waitFor(etat(uuid), "CHERCHEE") == "CHERCHEE");
    CHECK(waitFor(affectations(uuid), "6") == "6");
    CHECK(waitFor("SELECT statut FROM intake.signalements WHERE uuid = '" + uuid + "'", "ACTIVE") == "ACTIVE");
    CHECK(un("SELECT latitude || ' ' || rnb_id FROM routing.dossiers WHERE signalement = '" + uuid + "'") ==
          "43.67 RNB" + rue.substr(0, 9));
    CHECK(un(dits(uuid)) == "1");

    // Heard again, nothing happens again.
    const auto avant = un("SELECT count(*) FROM routing.evenements WHERE sujet = '" + uuid + "'");
    un("DELETE FROM routing.evenements_recus WHERE id IN (SELECT id FROM intake.evenements WHERE sujet = '" + uuid +
       "') RETURNING 1");
    un("DELETE FROM intake.evenements_recus WHERE id IN (SELECT id FROM intake.evenements WHERE sujet = '" + uuid +
       "') RETURNING 1");
    REQUIRE(execute("replay --service routing --since 2020-01-01T00:00:00Z").code == 0);
    std::this_thread::sleep_for(3s);
    CHECK(un(affectations(uuid)) == "6");
    CHECK(un("SELECT count(*) FROM routing.evenements WHERE sujet = '" + uuid + "' AND type <> 'dossier.cree'") ==
          std::to_string(std::stoi(avant) - 1));
    CHECK(un(dits(uuid)) == "1");

    const auto lieu = demande("/signalements/" + uuid + "/localisation", auth::Role::ResponsableTerritoire, "13");
    REQUIRE(lieu.status == 200);
    CHECK(lieu.json().at("precision") == "BATIMENT");
    CHECK(lieu.json().at("etat") == "CHERCHEE");
    CHECK(lieu.json().at("voie") == "4 Rue " + rue);
    CHECK(demande("/signalements/" + uuid + "/localisation", auth::Role::ResponsableTerritoire, "34").status == 404);
    CHECK(demande("/signalements/" + core::uuidV4() + "/voisins", auth::Role::ResponsableTerritoire, "13").status ==
          404);
}

TEST_CASE("intake killed while a register is answering: the search is made again, and told once") {
    FauxRegistres registres;
    brancher(registres);
    for (int fois = 0; fois < 3; ++fois) {
        const auto rue = nomDeRue();
        const auto charge = tapee(rue);
        registres.connait(rue, connue(rue, charge));
        registres.ban(Humeur::Muette, 500ms);
        const auto avant = registres.questions().size();
        const auto uuid = depose(charge);
        for (int i = 0; i < 300 && registres.questions().size() == avant; ++i) std::this_thread::sleep_for(10ms);
        REQUIRE(registres.questions().size() > avant);
        product::platform().kill("intake-0");
        CHECK(un(etat(uuid)) == "A_CHERCHER");
        registres.ban(Humeur::Bonne);
        product::platform().restart("intake-0");
        CHECK(waitFor(etat(uuid), "CHERCHEE") == "CHERCHEE");
        CHECK(un(dits(uuid)) == "1");
        CHECK(waitFor("SELECT precision_lieu FROM routing.dossiers WHERE signalement = '" + uuid + "'", "ADRESSE") ==
              "ADRESSE");
    }
}

TEST_CASE("an agent corrects the address: the old position is forgotten, and the new one is looked for") {
    FauxRegistres registres;
    brancher(registres);
    const auto rue = nomDeRue();
    const auto nouvelle = nomDeRue();
    // With a position, as it was chosen.
    auto charge = product::sample("locataire_all_in.json");
    charge["adresse_logement_adresse_detail_numero"] = "4 rue " + rue;
    charge["vos_coordonnees_occupant_email"] = rue + "@example.org";
    auto ailleurs = connue(nouvelle, charge);
    ailleurs.lat = 43.5;
    registres.connait(nouvelle, ailleurs);
    const auto uuid = depose(charge);
    REQUIRE(waitFor(etat(uuid), "CHERCHEE") == "CHERCHEE");
    const auto declaree = un("SELECT latitude FROM routing.dossiers WHERE signalement = '" + uuid + "'");
    REQUIRE(declaree != "43.5");
    REQUIRE(waitFor("SELECT statut FROM intake.signalements WHERE uuid = '" + uuid + "'", "ACTIVE") == "ACTIVE");

    auth::Claims claims;
    claims.role = auth::Role::SuperAdmin;
    claims.scopes = {"signalements:read", "signalements:write"};
    const std::string jeton = "Bearer " + product::platform().token(claims);
    const auto corrige = product::request(
        "PATCH", "/signalements/" + uuid + "/sections/adresse", core::dumpJson({{"adresse", "4 rue " + nouvelle}}), "",
        {{"Authorization", jeton}, {"If-Match", "*"}, {"Content-Type", "application/json"}});
    INFO(corrige.body);
    REQUIRE(corrige.status == 200);
    CHECK(un("SELECT contenu->'adresse'->>'geoloc' IS NULL FROM intake.signalements WHERE uuid = '" + uuid + "'") ==
          "t");
    CHECK(waitFor("SELECT latitude FROM routing.dossiers WHERE signalement = '" + uuid + "'", "43.5") == "43.5");
    CHECK(un("SELECT trouvee->>'voie' FROM intake.localisations WHERE signalement = '" + uuid + "'") ==
          "4 Rue " + nouvelle);
}

TEST_CASE("P-059 P-060: a corrected address has no place until the registers have answered; its partners stay") {
    FauxRegistres registres;
    brancher(registres);
    const auto rue = nomDeRue();
    const auto nouvelle = nomDeRue();
    auto charge = tapee(rue);
    registres.connait(rue, connue(rue, charge));
    auto ailleurs = connue(nouvelle, charge);
    ailleurs.lat = 43.5;
    registres.connait(nouvelle, ailleurs);
    const auto uuid = depose(charge);
    const auto lieu = "SELECT concat_ws('|', coalesce(latitude::text, 'none'), coalesce(precision_lieu, 'none'), "
                      "coalesce(ban_id, 'none')) FROM routing.dossiers WHERE signalement = '" +
                      uuid + "'";
    const auto surLaCarte = "SELECT position IS NOT NULL FROM routing.recherche WHERE signalement = '" + uuid + "'";
    REQUIRE(waitFor(etat(uuid), "CHERCHEE") == "CHERCHEE");
    REQUIRE(waitFor(surLaCarte, "t") == "t");
    REQUIRE(waitFor(affectations(uuid), "6") == "6");

    registres.ferme();
    auth::Claims claims;
    claims.role = auth::Role::SuperAdmin;
    claims.scopes = {"signalements:read", "signalements:write"};
    const auto corriger = [&](const core::Json& body) {
        return product::request("PATCH", "/signalements/" + uuid + "/sections/adresse", core::dumpJson(body), "",
                                {{"Authorization", "Bearer " + product::platform().token(claims)},
                                 {"If-Match", "*"},
                                 {"Content-Type", "application/json"}})
            .status;
    };
    // A staircase is no other place.
    REQUIRE(corriger({{"escalier", "B"}}) == 200);
    REQUIRE(waitFor("SELECT version FROM intake.signalements WHERE uuid = '" + uuid + "'", "2") == "2");
    CHECK(un(lieu).find("none") == std::string::npos);
    REQUIRE(corriger({{"adresse", "4 rue " + nouvelle}}) == 200);
    CHECK(waitFor(lieu, "none|none|none") == "none|none|none");
    CHECK(waitFor(surLaCarte, "f") == "f");
    CHECK(waitFor("SELECT coalesce(code_insee, '') <> '' FROM routing.dossiers WHERE signalement = '" + uuid + "'",
                  "t") == "t");
    registres.ouvre();
    CHECK(waitFor("SELECT latitude FROM routing.dossiers WHERE signalement = '" + uuid + "'", "43.5") == "43.5");
    CHECK(waitFor(surLaCarte, "t") == "t");
    // Decision: rules route a dossier once. Where it goes after a correction is for people to say.
    CHECK(un(affectations(uuid)) == "6");
}

TEST_CASE("the building that an agent chooses gives a dwelling its place, once") {
    FauxRegistres registres;
    brancher(registres);
    registres.bati("ailleurs", "ABCD1234EFGH", 43.61, 4.62);
    const auto uuid = depose(tapee(nomDeRue()));  // at an address that the registers do not know
    REQUIRE(waitFor(etat(uuid), "CHERCHEE") == "CHERCHEE");
    const auto choisir = [&](auth::Role role, const std::string& territoire, const std::string& batiment,
                             const std::string& version) {
        auth::Claims claims;
        claims.role = role;
        claims.territoires = {territoire};
        claims.scopes = {"signalements:read", "signalements:write"};
        return product::request("PUT", "/signalements/" + uuid + "/batiment", core::dumpJson({{"rnbId", batiment}}), "",
                                {{"Authorization", "Bearer " + product::platform().token(claims)},
                                 {"If-Match", version},
                                 {"Content-Type", "application/json"}});
    };
    using auth::Role;
    CHECK(choisir(Role::ResponsableTerritoire, "30", "ABCD1234EFGH", "*").status == 404);
    CHECK(choisir(Role::Agent, "13", "ABCD1234EFGH", "*").status == 404);
    CHECK(choisir(Role::ResponsableTerritoire, "13", "ABCD", "*").status == 400);
    CHECK(choisir(Role::ResponsableTerritoire, "13", "ABCD1234EFGH", "\"99\"").status == 412);
    const auto choisi = choisir(Role::ResponsableTerritoire, "13", "abcd1234efgh", "*");
    INFO(choisi.body);
    REQUIRE(choisi.status == 200);
    CHECK(choisi.header("ETag") == "\"2\"");
    CHECK(waitFor("SELECT latitude || ' ' || precision_lieu || ' ' || rnb_id FROM routing.dossiers WHERE signalement = '" +
                      uuid + "'",
                  "43.61 BATIMENT ABCD1234EFGH") == "43.61 BATIMENT ABCD1234EFGH");
    const auto encore = choisir(Role::ResponsableTerritoire, "13", "ABCD1234EFGZ", "*");
    CHECK(encore.status == 409);
    CHECK(encore.json().at("code") == "lieu_deja_connu");
}

TEST_CASE("submissions do not wait for registers that do not answer") {
    FauxRegistres registres;
    brancher(registres);
    registres.ban(Humeur::Muette, 550ms);
    const auto debut = std::chrono::steady_clock::now();
    std::vector<std::string> uuids;
    for (int i = 0; i < 5; ++i) uuids.push_back(depose(tapee(nomDeRue())));
    CHECK(std::chrono::steady_clock::now() - debut < 2500ms);
    registres.ban(Humeur::Bonne);
    for (const auto& uuid : uuids) CHECK(waitFor(etat(uuid), "CHERCHEE") == "CHERCHEE");
}

TEST_CASE("D-07 D-08 the neighbours of a signalement: same building, same identifier in the register, same words") {
    FauxRegistres registres;
    brancher(registres);
    const auto rue = nomDeRue();
    auto charge = tapee(rue);
    registres.connait(rue, connue(rue, charge));
    const auto premier = depose(charge);
    // Written otherwise: the register knows it for the same.
    charge["adresse_logement_adresse_detail_numero"] = "4, allée " + rue;
    charge["vos_coordonnees_occupant_email"] = "autre" + rue + "@example.org";
    const auto second = depose(charge);
    CHECK(waitFor(etat(premier), "CHERCHEE") == "CHERCHEE");
    CHECK(waitFor(etat(second), "CHERCHEE") == "CHERCHEE");
    CHECK(un("SELECT count(DISTINCT cle_adresse) FROM intake.signalements WHERE uuid IN ('" + premier + "', '" +
             second + "')") == "2");
    const auto voisins = demande("/signalements/" + premier + "/voisins", auth::Role::ResponsableTerritoire, "13");
    REQUIRE(voisins.status == 200);
    REQUIRE(voisins.json().at("signalements").size() == 1);
    CHECK(voisins.json().at("signalements")[0].at("uuid") == second);
    CHECK(voisins.json().at("autres") == 0);
    CHECK(demande("/signalements/" + premier + "/voisins", auth::Role::ResponsableTerritoire, "34").status == 404);
}
