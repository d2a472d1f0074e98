// The dashboard: each tab is its list, and says what it is meant to say.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "libs/core/error.hpp"
#include "tests/system/routing/attendu.hpp"

using namespace histologe;
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
    };
    return kDefinitions;
}

}  // namespace

TEST_CASE("D-115, D-117: a tab counts what its list has, for the whole territoire of a manager and at once") {
    for (const auto& qui : lecteurs()) {
        if (!auth::isAgent(qui.role)) {
            CHECK_THROWS_WITH(monde().appeler("getTableauDeBord", qui), Catch::Contains("reserve_aux_agents"));
            continue;
        }
        const bool decide = qui.role == Role::SuperAdmin || qui.role == Role::ResponsableTerritoire;
        const auto onglets = core::parseJson(monde().appeler("getTableauDeBord", qui).body).at("onglets");
        CHECK(onglets.size() == (decide ? 6 : 1));
        for (const auto& onglet : onglets) {
            const auto type = onglet.at("type").get<std::string>();
            INFO(type << " " << auth::nameOf(qui.role));
            Requete requete;
            for (const auto& [nom, valeur] : onglet.at("parametres").items()) requete.emplace_back(nom, valeur.get<std::string>());
            const auto total = onglet.at("total").get<long long>();
            CHECK(static_cast<long long>(monde().lister(qui, requete).size()) == total);
            if (type == "dossiers-ferme-commune" && qui.role == Role::SuperAdmin) CHECK(total > 0);
            long long attendu = 0;
            for (const auto& m : monde().dossiers()) {
                if (m.reference.starts_with("2030-")) continue;  // what other tests change
                attendu += estListe(m, qui, true) && definitions().at(type)(m, qui) ? 1 : 0;
            }
            long long autres = 0;
            for (const auto& un : monde().lister(qui, requete)) autres += un.at("reference").get<std::string>().starts_with("2030-") ? 1 : 0;
            CHECK(total - autres == attendu);
        }
    }
}
