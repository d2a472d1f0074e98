#include "services/routing/http/tableau_de_bord.hpp"

#include "libs/core/error.hpp"
#include "services/routing/domain/tableau_de_bord.hpp"
#include "services/routing/http/dossiers_filtres.hpp"
#include "services/routing/store/recherche.hpp"

namespace histologe::routing {
namespace {

using core::Json;

// The parameters of the list that the tab opens.
http::Parameters parametresDe(const Onglet& onglet, const http::Request& request, bool mesDossiers) {
    http::Parameters query;
    for (const auto& [nom, valeur] : onglet.filtres) query.add(std::string(nom), std::string(valeur));
    if (request.query.has("territoire")) query.add("territoire", request.query.get("territoire"));
    if (mesDossiers && onglet.mesDossiers) query.add("showMySignalementsOnly", "oui");
    return query;
}

}  // namespace

void bindTableauDeBord(http::Router& router, postgres::Pool& pool, AnnuaireCourant& annuaire, const core::Clock& clock) {
    router.bind("getTableauDeBord", [&pool, &annuaire, &clock](const http::Request& request) {
        const auto& qui = auth::bearer(request);
        if (!auth::isAgent(qui.role)) {
            throw core::Error(core::ErrorKind::Forbidden, "reserve_aux_agents", "Cette page est réservée aux agents.");
        }
        const auto charge = annuaire.get();
        const auto le = clock.now();
        // An agent begins with the dossiers that he follows; the others with all.
        const bool mesDossiers = request.query.get("mesDossiers", qui.role == auth::Role::Agent ? "oui" : "non") == "oui";
        auto liste = Json::array();
        auto groupes = Json::array();
        const auto session = pool.acquire();
        for (const auto& onglet : onglets()) {
            if (!estPour(onglet, qui.role)) continue;
            // The very filters of the list: the number cannot be another than the list's.
            const auto query = parametresDe(onglet, request, mesDossiers);
            auto parametres = Json::object();
            for (const auto& [nom, valeur] : query.all()) parametres[nom] = valeur;
            const auto total = compterDossiers(*session, lireFiltres(query, qui, *charge, le, {"sortBy"}), qui);
            liste.push_back(
                {{"type", onglet.type}, {"groupe", onglet.groupe}, {"total", total}, {"parametres", parametres}});
            if (groupes.empty() || groupes.back().at("groupe") != onglet.groupe) {
                groupes.push_back({{"groupe", onglet.groupe}, {"total", 0}});
            }
            groupes.back().at("total") = groupes.back().at("total").get<long long>() + total;
        }
        return http::Response::json(200, {{"onglets", liste}, {"groupes", groupes}}).header("Cache-Control", "no-store");
    });
}

}  // namespace histologe::routing
