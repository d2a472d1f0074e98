#include "services/routing/http/dossiers.hpp"

#include "libs/auth/droits.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/uri.hpp"
#include "libs/service/acces.hpp"
#include "services/routing/http/dossiers_filtres.hpp"
#include "services/routing/http/dossiers_vue.hpp"

namespace histologe::routing {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;

constexpr long long kLimite = 25;
constexpr long long kPointsMax = 9'000;

// Usagers and landlords have a space of their own, which shows other things.
const auth::Principal& agent(const http::Request& request) {
    const auto& qui = auth::bearer(request);
    if (auth::isBoundToOneSignalement(qui.role)) {
        throw Error(ErrorKind::Forbidden, "reserve_aux_agents", "Cette page est réservée aux agents.");
    }
    return qui;
}

// The same whether it does not exist or is not his to see.
Error introuvable() { return {ErrorKind::NotFound, "dossier_introuvable", "Ce dossier n'existe pas."}; }

class Dossiers {
  public:
    Dossiers(postgres::Pool& pool, AnnuaireCourant& annuaire, const core::Clock& clock)
        : pool_(pool), annuaire_(annuaire), clock_(clock) {}

    http::Response lister(const http::Request& request) const {
        const auto& qui = agent(request);
        const auto annuaire = annuaire_.get();
        const auto recherche =
            lireFiltres(request.query, qui, *annuaire, clock_.now(), {"sortBy", "direction", "curseur", "limite"});
        return page(request, recherche, lireOrdre(request.query), *annuaire->annuaire);
    }

    http::Response compter(const http::Request& request) const {
        const auto& qui = agent(request);
        const auto recherche = lireFiltres(request.query, qui, *annuaire_.get(), clock_.now(), {});
        const auto session = pool_.acquire();
        return http::Response::json(200, {{"total", compterDossiers(*session, recherche, qui)}})
            .header("Cache-Control", "no-store");
    }

    http::Response cartographier(const http::Request& request) const {
        const auto& qui = agent(request);
        auto recherche = lireFiltres(request.query, qui, *annuaire_.get(), clock_.now(), {"zoom", "emprise"});
        if (request.query.has("emprise")) recherche.emprise = lireEmprise(request.query.get("emprise"));
        const auto zoom = static_cast<int>(request.query.integer("zoom").value_or(0));
        const auto session = pool_.acquire();
        auto points = Json::array();
        for (const auto& amas : amasser(*session, recherche, qui, zoom, kPointsMax)) points.push_back(montrerAmas(amas));
        return http::Response::text(200, "application/geo+json",
                                    core::dumpJson({{"type", "FeatureCollection"}, {"features", points}}))
            .header("Cache-Control", "no-store");
    }

    http::Response detailler(const http::Request& request) const {
        const auto& qui = auth::bearer(request);
        const auto uuid = uuidDe(request, qui);
        const auto session = pool_.acquire();
        const auto dossier = trouverDossier(*session, uuid);
        if (!dossier || !auth::maySee(qui, dossier->vise)) throw introuvable();
        return http::Response::json(200, montrerDossier(*dossier, *annuaire_.get()->annuaire, qui))
            .header("Cache-Control", "no-store");
    }

    http::Response memeAdresse(const http::Request& request) const {
        const auto& qui = auth::bearer(request);
        const auto uuid = uuidDe(request, qui);
        {
            const auto session = pool_.acquire();
            const auto vise = trouverVise(*session, uuid);
            if (!vise || !auth::maySee(qui, *vise)) throw introuvable();
        }
        Recherche recherche;
        recherche.memeAdresseQue = uuid;
        recherche.avecImportes = true;
        return page(request, recherche, {Tri::Depot, false}, *annuaire_.get()->annuaire);
    }

  private:
    static std::string uuidDe(const http::Request& request, const auth::Principal& qui) {
        const auto uuid = request.pathParameters.get("uuid");
        if (!core::isUuid(uuid) || auth::isBoundToOneSignalement(qui.role)) throw introuvable();
        return uuid;
    }

    http::Response page(const http::Request& request, const Recherche& recherche, const Ordre& ordre,
                        const Annuaire& annuaire) const {
        const auto repere = lireCurseur(request.query, ordre);
        const auto limite = request.query.integer("limite").value_or(kLimite);
        std::vector<LigneDossier> lignes;
        {
            const auto session = pool_.acquire();
            // One more than is shown says whether there is another page.
            lignes = trouverDossiers(*session, recherche, auth::bearer(request), ordre, repere, limite + 1);
        }
        const bool aUneSuite = lignes.size() > static_cast<std::size_t>(limite);
        if (aUneSuite) lignes.pop_back();
        auto dossiers = Json::array();
        for (const auto& ligne : lignes) dossiers.push_back(montrerLigne(ligne, annuaire));
        auto response = http::Response::json(200, {{"dossiers", dossiers}});
        if (aUneSuite) response.header("Link", http::nextPage(request, ecrireCurseur(lignes.back().repere, ordre)));
        return response.header("Cache-Control", "no-store");
    }

    postgres::Pool& pool_;
    AnnuaireCourant& annuaire_;
    const core::Clock& clock_;
};

}  // namespace

void bindDossiers(http::Router& router, postgres::Pool& pool, AnnuaireCourant& annuaire, const core::Clock& clock) {
    const auto dossiers = std::make_shared<const Dossiers>(pool, annuaire, clock);
    router.bind("listDossiers", service::traced(pool, clock, [dossiers](const auto& request) {
                    return dossiers->lister(request);
                }));
    router.bind("countDossiers", [dossiers](const auto& request) { return dossiers->compter(request); });
    router.bind("mapDossiers", [dossiers](const auto& request) { return dossiers->cartographier(request); });
    router.bind("getDossier", service::traced(pool, clock, [dossiers](const auto& request) {
                    return dossiers->detailler(request);
                }));
    router.bind("listMemeAdresse", service::traced(pool, clock, [dossiers](const auto& request) {
                    return dossiers->memeAdresse(request);
                }));
}

}  // namespace histologe::routing
