// Rules, tried before they are saved.
#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "tests/system/annuaire/annuaire.hpp"

using namespace histologe;
using namespace histologe::annuaire;

namespace {

const Json kFaits = {{"codeInsee", "97411"},
                     {"longitude", 55.45},
                     {"latitude", -20.88},
                     {"logementSocial", false},
                     {"allocataire", "caf"},
                     {"profil", "LOCATAIRE"},
                     {"qualifications", Json::array({"RSD"})}};

Answer essayer(Json corps, const std::string& jeton = superAdmin()) {
    return comptes::avec("POST", "/regles/simulation", corps, jeton);
}

Json faits(const Json& changes = Json::object()) {
    auto tous = kFaits;
    tous.update(changes);
    return tous;
}

// The reasons for one partner, each `code` or `code@regle`.
std::string raisons(const Json& reponse, const std::string& id) {
    std::string toutes;
    const auto& partenaires = reponse.at("partenaires");
    for (const auto& un : partenaires) {
        if (un.at("id") != id) continue;
        CHECK(un.at("retenu") == un.at("raisons").empty());
        for (const auto& raison : un.at("raisons")) {
            toutes += (toutes.empty() ? "" : " ") + raison.at("code").get<std::string>();
            if (raison.at("regle") == "essai") toutes += "@essai";
            CHECK_FALSE(raison.at("message").get<std::string>().empty());
        }
    }
    return toutes;
}

bool retenu(const Json& reponse, const std::string& id) {
    const auto& retenus = reponse.at("retenus");
    return std::any_of(retenus.begin(), retenus.end(), [&](const Json& un) { return un.at("id") == id; });
}

}  // namespace

TEST_CASE("a rule that is not saved says whom it would give a dossier to, and why not the others") {
    const auto entier =
        cree("/partenaires", {{"nom", nomNeuf("Entier")}, {"type", "CONCILIATEURS"}, {"territoire", "974"}});
    const auto ailleurs = cree("/partenaires", {{"nom", nomNeuf("Ailleurs")},
                                                {"type", "CONCILIATEURS"},
                                                {"territoire", "974"},
                                                {"communes", Json::array({"97401"})}});
    const auto exclu =
        cree("/partenaires", {{"nom", nomNeuf("Exclu")}, {"type", "CONCILIATEURS"}, {"territoire", "974"}});
    const auto zone = cree("/zones", {{"nom", nomNeuf("Essai")},
                                      {"type", "AUTRE"},
                                      {"territoire", "974"},
                                      {"wkt", carre(55.45, -20.88, 0.05)},
                                      {"partenairesExclus", Json::array({exclu.at("id")})}});
    const auto id = [](const Json& fiche) { return fiche.at("id").get<std::string>(); };
    const auto version = one("SELECT version FROM routing.annuaire_version");

    auto dit = essayer({{"faits", faits()}}).json();
    CHECK(raisons(dit, id(entier)) == "aucune_regle");
    CHECK(dit.at("faits").at("territoire") == "974");

    const Json regle = {{"territoire", "974"},  {"typePartenaire", "CONCILIATEURS"},
                        {"parc", "prive"},      {"allocataire", "caf"},
                        {"profil", "occupant"}, {"procedures", Json::array({"RSD"})}};
    const auto answer = essayer({{"faits", faits()}, {"regle", regle}});
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    dit = answer.json();
    CHECK(retenu(dit, id(entier)));
    CHECK_FALSE(retenu(dit, id(ailleurs)));
    CHECK(raisons(dit, id(entier)).empty());
    CHECK(raisons(dit, id(ailleurs)) == "hors_perimetre");
    CHECK(raisons(dit, id(exclu)) == "zone_exclue");
    const auto& essai = dit.at("regles").back();
    CHECK(essai.at("essai") == true);
    CHECK(essai.at("vise") == true);

    const struct {
        Json faits;
        const char* raisons;
    } cas[] = {{{{"logementSocial", true}}, "parc@essai"},
               {{{"logementSocial", nullptr}, {"allocataire", "oui"}}, "parc@essai allocataire@essai"},
               {{{"profil", "TIERS_PRO"}}, "profil@essai"},
               {{{"qualifications", Json::array({"DANGER"})}}, "procedure@essai"},
               {{{"longitude", nullptr}}, "position_inconnue"},
               {{{"codeInsee", nullptr}, {"territoire", "974"}}, "commune@essai"},
               {{{"dejaAffectes", Json::array({entier.at("id")})}}, "deja_affecte"}};
    for (const auto& un : cas) {
        const auto reponse = essayer({{"faits", faits(un.faits)}, {"regle", regle}}).json();
        INFO(un.faits.dump());
        CHECK(raisons(reponse, id(entier)) == un.raisons);
        CHECK_FALSE(retenu(reponse, id(entier)));
    }
    // Who has it already is named by the rules all the same.
    CHECK(retenu(essayer({{"faits", faits({{"dejaAffectes", Json::array({entier.at("id")})}})},
                          {"regle", regle},
                          {"mode", "simulation"}})
                     .json(),
                 id(entier)));
    auto sans = regle;
    sans["partenairesExclus"] = Json::array({entier.at("id")});
    CHECK(raisons(essayer({{"faits", faits()}, {"regle", sans}}).json(), id(entier)) == "partenaire_exclu@essai");
    // Nothing of it was kept.
    CHECK(one("SELECT version FROM routing.annuaire_version") == version);
    CHECK(lire("/regles?territoire=974&type=CONCILIATEURS").json().at("regles").empty());

    // In place of a saved one.
    const auto sauvee = cree("/regles", regle);
    auto autre = regle;
    autre["parc"] = "public";
    dit = essayer({{"faits", faits()}, {"regle", autre}, {"remplace", sauvee.at("id")}}).json();
    CHECK_FALSE(retenu(dit, id(entier)));
    CHECK(archiver("/regles/" + id(sauvee)).status == 200);
}

TEST_CASE("what a simulation says of a dossier is what routing did with it") {
    const auto uuid = agents::declared();
    REQUIRE(product::waitFor("SELECT oriente_le IS NOT NULL FROM routing.dossiers WHERE signalement = '" + uuid + "'",
                             "t") == "t");
    const auto dit = essayer({{"dossier", uuid}, {"mode", "simulation"}}).json();
    std::set<std::string> retenus;
    for (const auto& un : dit.at("retenus")) retenus.insert(un.at("id").get<std::string>());
    std::string ids;
    for (const auto& id : retenus) ids += id + " ";
    CHECK_FALSE(ids.empty());
    CHECK(ids == one("SELECT string_agg(partenaire || ' ', '' ORDER BY partenaire COLLATE \"C\") FROM "
                     "routing.affectations WHERE signalement = '" +
                     uuid + "'"));
    const auto reelle = essayer({{"dossier", uuid}}).json();
    CHECK(reelle.at("retenus").empty());
    CHECK(one("SELECT count(*) FROM routing.acces WHERE signalement = '" + uuid + "' AND operation = 'simulateRegles'") ==
          "2");
}

TEST_CASE("a simulation that makes no sense is refused, and it is for super admins") {
    CHECK(refus(essayer(Json::object())) == "dossier:dossier_ou_faits");
    CHECK(refus(essayer({{"dossier", "x"}, {"faits", faits()}})) == "dossier:dossier_ou_faits");
    CHECK(essayer({{"dossier", "x"}}).status == 404);
    CHECK(essayer({{"dossier", "00000000-0000-4000-8000-000000000000"}}).json().at("code") == "dossier_inconnu");
    CHECK(refus(essayer({{"faits", {{"codeInsee", "banane"}}}})) == "faits.codeInsee:code_insee_invalide");
    CHECK(refus(essayer({{"faits", Json::object()}})) == "faits.territoire:requis");
    CHECK(refus(essayer({{"faits", {{"territoire", "99"}}}})) == "faits.territoire:territoire_inconnu");
    CHECK(refus(essayer(
              {{"faits", faits()},
               {"regle",
                {{"territoire", "974"}, {"typePartenaire", "ADIL"}, {"communesIncluses", Json::array({"75056"})}}}})) ==
          "regle.communesIncluses:commune_hors_territoire");
    CHECK(essayer({{"faits", faits({{"longitude", 500}})}}).status == 400);
    CHECK(essayer({{"faits", faits()}}, responsable("974")).status == 403);
    CHECK(product::request("POST", "/regles/simulation", "{}").status == 401);
}

TEST_CASE("P-057: a rule for a partner that is archived gives it nothing") {
    const auto partenaire =
        cree("/partenaires", {{"nom", nomNeuf("Parti")}, {"type", "PREFECTURE"}, {"territoire", "974"}});
    const Json regle = {{"territoire", "974"}, {"typePartenaire", "PREFECTURE"}};
    const auto id = partenaire.at("id").get<std::string>();
    CHECK(retenu(essayer({{"faits", faits()}, {"regle", regle}}).json(), id));
    REQUIRE(archiver("/partenaires/" + id).status == 200);
    const auto dit = essayer({{"faits", faits()}, {"regle", regle}}).json();
    CHECK_FALSE(retenu(dit, id));
    CHECK(dit.dump().find(id) == std::string::npos);
    auto nommee = regle;
    nommee["partenairesExclus"] = Json::array({id});
    CHECK(refus(essayer({{"faits", faits()}, {"regle", nommee}})) == "regle.partenairesExclus:partenaire_inconnu");
}
