// The sheets of the directory, read and refused.
#include "services/routing/domain/fiches_annuaire.hpp"

#include <catch2/catch.hpp>

#include "libs/core/files.hpp"
#include "services/routing/domain/annuaire_json.hpp"
#include "services/routing/domain/droits_annuaire.hpp"

using namespace histologe;
using namespace histologe::routing;
using core::Json;

namespace {

const domain::Territoires& territoires() {
    static const auto lus =
        domain::Territoires::fromJson(core::readFile(HISTOLOGE_SOURCE_DIR "/data/territoires.json"));
    return lus;
}

std::string codes(const Refus& refus) {
    std::string tous;
    for (const auto& un : refus) tous += (tous.empty() ? "" : " ") + un.champ + ":" + un.code;
    return tous;
}

}  // namespace

TEST_CASE("sheets are brought into one form") {
    Json fiche = {{"nom", " Mairie "},
                  {"type", "commune / schs"},
                  {"territoire", "2a"},
                  {"courriel", " A@B.fr "},
                  {"communes", {" 2a004", "2A001", "2A004"}},
                  {"epcis", Json::array({"x"})},
                  {"bailleur", "y"},
                  {"competences", {"Visites", "ARRETES", "visites"}}};
    CHECK(codes(lirePartenaire(fiche, territoires(), {})) == "");
    CHECK(fiche.at("nom") == "Mairie");
    CHECK(fiche.at("type") == "COMMUNE_SCHS");
    CHECK(fiche.at("territoire") == "2A");
    CHECK(fiche.at("courriel") == "a@b.fr");
    CHECK(fiche.at("communes") == Json({"2A001", "2A004"}));
    CHECK(fiche.at("epcis") == Json::array());
    CHECK(fiche.at("bailleur") == nullptr);
    CHECK(fiche.at("competences") == Json({"ARRETES", "VISITES"}));
    CHECK(fiche.at("zones") == Json::array());
    fiche["id"] = "1";
    CHECK(readAnnuaire(Json{{"partenaires", Json::array({fiche})}}).partenaires.size() == 1);
    // Twice comes to the same.
    auto encore = fiche;
    CHECK(codes(lirePartenaire(encore, territoires(), {})) == "");
    CHECK(encore == fiche);
}

TEST_CASE("every refusal is told, with its field") {
    Json rien = Json::object();
    CHECK(codes(lirePartenaire(rien, territoires(), {})) == "nom:requis type:requis territoire:territoire_inconnu");
    Json faux = {{"nom", 3},     {"type", "MAIRIE"},   {"territoire", "13"}, {"communes", "13201"},
                 {"zones", {1}}, {"notifiable", "oui"}};
    CHECK(codes(lirePartenaire(faux, territoires(), {})) ==
          "nom:requis type:valeur_inconnue notifiable:oui_ou_non communes:liste_attendue zones:texte_attendu");
    Json regle = {{"territoire", "13"},
                  {"typePartenaire", "ADIL"},
                  {"profil", "Locataire"},
                  {"parc", "x"},
                  {"procedures", Json::array({"VISITES"})}};
    CHECK(codes(lireRegle(regle, territoires(), {})) == "parc:valeur_inconnue procedures:valeur_inconnue");
    CHECK(regle.at("profil") == "LOCATAIRE");  // decision on quirk 3: a label is stored as its name
    std::vector<std::string> trop;
    for (int i = 0; i < 9999; ++i) trop.push_back("13" + std::to_string(1000 + i % 1000).substr(1));
    Json longue = {{"territoire", "13"}, {"typePartenaire", "ADIL"}, {"communesIncluses", trop}};
    CHECK(lireRegle(longue, territoires(), {}).empty());  // 13000 … 13999, each once
    CHECK(longue.at("communesIncluses").size() == 1000);
}

TEST_CASE("a zone is of the partner's territory and on one side only") {
    References connus;
    connus.zones = {{"z1", "13"}, {"z2", "34"}};
    Json fiche = {{"nom", "x"}, {"type", "ADIL"}, {"territoire", "13"}, {"zones", {"z1"}}, {"zonesExclues", {"z1"}}};
    CHECK(codes(lirePartenaire(fiche, territoires(), connus)) == "zonesExclues:zone_des_deux_cotes");
    fiche["zonesExclues"] = {"z2"};
    CHECK(codes(lirePartenaire(fiche, territoires(), connus)) == "zonesExclues:zone_inconnue");
    fiche["zonesExclues"] = Json::array();
    CHECK(codes(lirePartenaire(fiche, territoires(), connus)) == "");
}

TEST_CASE("a difference has what changed, and nothing else") {
    const auto d = difference({{"a", 1}, {"b", 2}, {"c", 3}}, {{"a", 1}, {"b", 4}, {"d", 5}});
    CHECK(d.avant == Json{{"b", 2}, {"c", 3}, {"d", nullptr}});
    CHECK(d.apres == Json{{"b", 4}, {"c", nullptr}, {"d", 5}});
}

TEST_CASE("P-055: an entry that cannot be read is left out and told of, the others count") {
    std::vector<EntreeIllisible> illisibles;
    const auto lu = readAnnuaire({{"regles",
                                   {{{"id", "r1"}, {"territoire", "13"}, {"typePartenaire", "MAIRIE"}},
                                    {{"id", "r2"}, {"territoire", "13"}, {"typePartenaire", "ADIL"}},
                                    7}},
                                  {"zones", "aucune"}},
                                 illisibles);
    REQUIRE(lu.regles.size() == 1);
    CHECK(lu.regles[0].id.valeur == "r2");
    REQUIRE(illisibles.size() == 3);
    CHECK(illisibles[0].liste == "zones");
    CHECK(illisibles[1].id == "r1");
    CHECK(illisibles[1].champ == "typePartenaire");
}

TEST_CASE("who may do what in the directory") {
    const Acteur sa{"c", auth::Role::SuperAdmin, {}, {}};
    const Acteur rt{"c", auth::Role::ResponsableTerritoire, {"13"}, {"x"}};
    const Acteur ap{"c", auth::Role::AdminPartenaire, {"13"}, {"p"}};
    const Acteur agent{"c", auth::Role::Agent, {"13"}, {"p"}};
    const Acteur api{"c", auth::Role::Api, {"13"}, {"p"}};
    const PartenaireVise p{"p", "13"}, q{"q", "13"}, r{"r", "34"}, administrateurs{"a", std::nullopt};
    const struct {
        const Acteur& qui;
        bool p, q, r, a, tient, gere, estDu;
    } cas[] = {{sa, true, true, true, true, true, true, true},
               {rt, true, true, false, false, true, true, true},
               {ap, true, false, false, false, false, false, true},
               {agent, false, false, false, false, false, false, true},
               {api, false, false, false, false, false, false, false}};
    for (const auto& un : cas) {
        CHECK(peutModifierPartenaire(un.qui, p, false) == un.p);
        CHECK(peutModifierPartenaire(un.qui, q, false) == un.q);
        CHECK(peutModifierPartenaire(un.qui, r, false) == un.r);
        CHECK(peutModifierPartenaire(un.qui, administrateurs, false) == un.a);
        CHECK_FALSE(peutModifierPartenaire(un.qui, p, true));
        CHECK(peutVoirPartenaire(un.qui, p, true) == (un.qui.role == auth::Role::SuperAdmin));
        CHECK(peutTenirPartenaires(un.qui, "13") == un.tient);
        CHECK(gereTerritoire(un.qui, "13") == un.gere);
        CHECK(estDuTerritoire(un.qui, "13") == un.estDu);

        const bool estAdmin = un.qui.role == auth::Role::SuperAdmin;
        CHECK(peutEcrireReglesEtBailleurs(un.qui) == estAdmin);
        CHECK(peutDemenagerPartenaire(un.qui) == estAdmin);
        CHECK(peutChangerInterconnexion(un.qui, "esaboraJeton") == estAdmin);
        CHECK(peutChangerInterconnexion(un.qui, "esaboraActif"));
        CHECK(peutVoirBailleur(un.qui, {"99", "13"}) == un.gere);
        CHECK(peutVoirBailleur(un.qui, {"99"}) == estAdmin);
        CHECK(territoiresDesListes(un.qui).has_value() != estAdmin);
        // Which partners its lists show: a manager's by territory, an admin's by name, nobody else's; archived ones to a
        // super admin alone.
        const auto listes = partenairesDesListes(un.qui, false);
        const auto archives = partenairesDesListes(un.qui, true);
        CHECK(listes.territoires.has_value() != estAdmin);
        CHECK(archives.partenaires.has_value() != estAdmin);
        if (estAdmin) continue;
        CHECK(listes.territoires->empty() != (un.qui.role == auth::Role::ResponsableTerritoire));
        CHECK(listes.partenaires->empty() != (un.qui.role == auth::Role::AdminPartenaire));
        CHECK((archives.territoires->empty() && archives.partenaires->empty()));
    }
}
