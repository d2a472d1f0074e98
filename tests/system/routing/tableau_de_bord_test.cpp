// The dashboard: each tab is its list, and says what it is meant to say.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "libs/core/error.hpp"
#include "libs/core/files.hpp"
#include "services/routing/domain/recherche_absents.hpp"
#include "services/routing/domain/tableau_de_bord.hpp"
#include "tests/system/routing/attendu.hpp"

using namespace histologe;
using namespace histologe::routing;
using namespace histologe::routing::test;
using auth::Role;

namespace {

bool a(const Modele& m, const char* statut) {
    return std::any_of(m.affectations.begin(), m.affectations.end(), [&](const auto& une) { return une.statut == statut; });
}

// The definitions of the tabs, on what dossiers are.
const std::map<std::string, std::function<bool(const Modele&, const auth::Principal&)>>& definitions() {
    static const std::map<std::string, std::function<bool(const Modele&, const auth::Principal&)>> kDefinitions = {
        {"dossiers-form-pro",
         [](const auto& m, const auto&) {
             return m.statut == "NEED_VALIDATION" && (m.source == "FORM_PRO_BO" || m.source == "FORM_SERVICE_SECOURS");
         }},
        {"dossiers-form-usager",
         [](const auto& m, const auto&) {
             return m.statut == "NEED_VALIDATION" && (!m.source || m.source == "FORM_USAGER_V2" || m.source == "IMPORT");
         }},
        {"dossiers-non-affectation", [](const auto& m, const auto&) { return m.statut == "ACTIVE" && m.affectations.empty(); }},
        {"dossiers-new-affectation",
         [](const auto& m, const auto& qui) {
             return std::any_of(m.affectations.begin(), m.affectations.end(),
                                [&](const auto& une) { return une.statut == "NOUVEAU" && qui.actsFor(une.partenaire); });
         }},
        {"dossiers-ferme-partenaire-tous",
         [](const auto& m, const auto&) {
             return m.statut == "ACTIVE" && a(m, "FERME") && !a(m, "NOUVEAU") && !a(m, "EN_COURS") && !a(m, "REFUSE");
         }},
        {"dossiers-ferme-commune",
         [](const auto& m, const auto&) {
             return m.statut == "ACTIVE" && std::any_of(m.affectations.begin(), m.affectations.end(), [](const auto& une) {
                        return une.statut == "FERME" && une.partenaire.ends_with("1");
                    });
         }},
        {"dossiers-sans-affectation-acceptee",
         [](const auto& m, const auto&) {
             return m.statut == "ACTIVE" && !m.affectations.empty() && !a(m, "EN_COURS") && !a(m, "FERME");
         }},
        {"dossiers-no-agent", [](const auto& m, const auto& qui) { return attend("isDossiersSansAgent", m, qui); }},
        {"dossiers-demandes-fermeture-usager", [](const auto& m, const auto&) { return m.statut == "ACTIVE" && m.abandon; }},
        {"dossiers-relance-usager-sans-reponse", [](const auto& m, const auto& qui) { return attend("relanceUsagerSansReponse", m, qui); }},
        {"dossiers-messages-nouveaux", [](const auto& m, const auto& qui) { return attend("isNouveauMessage", m, qui); }},
        {"dossiers-messages-apres-fermeture", [](const auto& m, const auto& qui) { return attend("isMessagePostCloture", m, qui); }},
        {"dossiers-messages-usagers-sans-reponse", [](const auto& m, const auto& qui) { return attend("isMessageWithoutResponse", m, qui); }},
        {"dossiers-sans-activite-partenaire", [](const auto& m, const auto& qui) { return attend("isDossiersSansActivite", m, qui); }},
        {"dossiers-activite-recente", [](const auto& m, const auto& qui) { return attend("isActiviteRecente", m, qui); }},
        {"derniers-dossiers", [](const auto& m, const auto& qui) { return attend("mesSuivis", m, qui); }},
    };
    return kDefinitions;
}

}  // namespace

TEST_CASE("D-115, D-117: a tab counts what its list has, for the whole territoire of a manager and at once") {
    std::map<std::string, long long> trouves;
    for (const auto& qui : lecteurs()) {
        if (!auth::isAgent(qui.role)) {
            CHECK_THROWS_WITH(monde().appeler("getTableauDeBord", qui), Catch::Contains("reserve_aux_agents"));
            continue;
        }
        const bool decide = qui.role == Role::SuperAdmin || qui.role == Role::ResponsableTerritoire;
        for (const bool mesDossiers : {false, true}) {
            const auto tableau = core::parseJson(monde().appeler("getTableauDeBord", qui, {{"mesDossiers", mesDossiers ? "oui" : "non"}}).body);
            const auto& onglets = tableau.at("onglets");
            CHECK(onglets.size() == (decide ? 14 : 7));
            std::map<std::string, long long> sommes;
            for (const auto& onglet : onglets) {
                const auto type = onglet.at("type").get<std::string>();
                INFO(type << " " << auth::nameOf(qui.role) << " " << mesDossiers);
                Requete requete;
                for (const auto& [nom, valeur] : onglet.at("parametres").items()) requete.emplace_back(nom, valeur.get<std::string>());
                const auto total = onglet.at("total").get<long long>();
                sommes[onglet.at("groupe").get<std::string>()] += total;
                const auto liste = monde().lister(qui, requete);
                CHECK(static_cast<long long>(liste.size()) == total);
                const bool suivis = onglet.at("parametres").contains("showMySignalementsOnly");
                CHECK((!suivis || mesDossiers));
                long long attendu = 0;
                for (const auto& m : monde().dossiers()) {
                    if (m.reference.starts_with("2030-")) continue;  // what other tests change
                    attendu += estListe(m, qui, true) && definitions().at(type)(m, qui) &&
                                       (!suivis || attend("showMySignalementsOnly", m, qui))
                                   ? 1 : 0;
                }
                long long autres = 0;
                for (const auto& un : liste) autres += un.at("reference").get<std::string>().starts_with("2030-") ? 1 : 0;
                CHECK(total - autres == attendu);
                trouves[type] += total;
            }
            for (const auto& groupe : tableau.at("groupes")) CHECK(groupe.at("total") == sommes.at(groupe.at("groupe").get<std::string>()));
            CHECK(tableau.at("groupes").size() == sommes.size());
        }
    }
    // A tab that is empty for everybody would prove nothing.
    for (const auto& [type, total] : trouves) {
        INFO(type);
        CHECK(total > 0);
    }
    CHECK(monde().lignes("SELECT concat_ws(' ', quoi, ecart) FROM recherche_ecarts_onglets").empty());
}

TEST_CASE("an agent begins with the dossiers that he follows, the others with all") {
    for (const auto& qui : lecteurs()) {
        if (!auth::isAgent(qui.role)) continue;
        const auto onglets = core::parseJson(monde().appeler("getTableauDeBord", qui).body).at("onglets");
        for (const auto& onglet : onglets) {
            const auto groupe = onglet.at("groupe").get<std::string>();
            const bool seuls = qui.role == Role::Agent && (groupe == "messages" || groupe == "a_verifier" || groupe == "activite_recente");
            CHECK(onglet.at("parametres").contains("showMySignalementsOnly") == seuls);
        }
    }
}

TEST_CASE("every tab of the reference is here for its roles, or its absence has a reason in one place") {
    const std::map<std::string, Role> roles = {{"ROLE_ADMIN", Role::SuperAdmin},
                                               {"ROLE_ADMIN_TERRITORY", Role::ResponsableTerritoire},
                                               {"ROLE_ADMIN_PARTNER", Role::AdminPartenaire},
                                               {"ROLE_USER_PARTNER", Role::Agent}};
    const auto table = core::parseJson(core::readFile(HISTOLOGE_SOURCE_DIR "/tests/golden/dashboard_tabs.json")).at("tabs");
    std::size_t presents = 0;
    for (const auto& tab : table) {
        const auto type = tab.at("type").get<std::string>();
        INFO(type);
        const auto place = std::find_if(onglets().begin(), onglets().end(), [&](const auto& o) { return o.type == type; });
        const bool absent = std::any_of(std::begin(kOngletsAbsents), std::end(kOngletsAbsents), [&](const auto& a) { return a.nom == type; });
        REQUIRE((place != onglets().end()) != absent);
        if (absent) continue;
        ++presents;
        for (const auto& [nom, role] : roles) {
            const bool voulu = std::find(tab.at("roles").begin(), tab.at("roles").end(), nom) != tab.at("roles").end();
            CHECK(estPour(*place, role) == voulu);
        }
        for (const auto role : {Role::Api, Role::Usager, Role::Bailleur}) CHECK_FALSE(estPour(*place, role));
    }
    CHECK(presents == onglets().size());
}
