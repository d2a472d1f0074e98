#include "services/routing/http/tableau_de_bord.hpp"

#include "libs/core/error.hpp"
#include "services/routing/domain/tableau_de_bord.hpp"
#include "services/routing/http/dossiers_filtres.hpp"
#include "services/routing/store/recherche.hpp"

namespace histologe::routing {

void bindTableauDeBord(http::Router& router, postgres::Pool& pool, AnnuaireCourant& annuaire) {
    router.bind("getTableauDeBord", [&pool, &annuaire](const http::Request& request) {
        const auto& qui = auth::bearer(request);
        if (!auth::isAgent(qui.role)) {
            throw core::Error(core::ErrorKind::Forbidden, "reserve_aux_agents", "Cette page est réservée aux agents.");
        }
        const auto charge = annuaire.get();
        auto liste = core::Json::array();
        const auto session = pool.acquire();
        for (const auto& onglet : onglets()) {
            if (!estPour(onglet, qui.role)) continue;
            // The very filters of the list that the tab opens: the number cannot be another than the list's.
            http::Parameters query;
            for (const auto& [nom, valeur] : onglet.filtres) query.add(std::string(nom), std::string(valeur));
            if (request.query.has("territoire")) query.add("territoire", request.query.get("territoire"));
            auto parametres = core::Json::object();
            for (const auto& [nom, valeur] : query.all()) parametres[nom] = valeur;
            const auto total = compterDossiers(*session, lireFiltres(query, qui, *charge, {}), qui);
            liste.push_back(
                {{"type", onglet.type}, {"groupe", onglet.groupe}, {"total", total}, {"parametres", parametres}});
        }
        return http::Response::json(200, {{"onglets", liste}}).header("Cache-Control", "no-store");
    });
}

}  // namespace histologe::routing
