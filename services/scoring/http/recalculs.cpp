#include "services/scoring/http/recalculs.hpp"

#include "libs/auth/principal.hpp"
#include "libs/core/error.hpp"
#include "services/scoring/reevaluation.hpp"
#include "services/scoring/store/scores.hpp"

namespace histologe::scoring {
namespace {

constexpr int kLot = 500;

}  // namespace

void bindRecalculs(http::Router& router, const desordres::Catalogue& catalogue, postgres::Pool& pool,
                   const streams::Outbox& outbox, const core::Clock& clock) {
    router.bind("recalculerScores", [&](const http::Request& request) {
        if (!auth::bearer(request).isSuperAdmin()) {
            throw core::Error(core::ErrorKind::Forbidden, "recalcul_interdit",
                              "Seule l'administration nationale peut recalculer les scores.");
        }
        const bool appliquer = request.json.value("appliquer", false);
        auto connection = pool.acquire();
        const auto ids = scoredWith(*connection, request.json.at("version").get<std::string>(),
                                    request.json.value("apres", ""), kLot);
        std::vector<DemandeReevaluation> demandes;
        for (const auto& id : ids) demandes.push_back({id, nullptr, {}});
        postgres::Transaction transaction(*connection);
        const auto ecarts = reevaluer(transaction, catalogue, outbox, clock.now(), "recalcul", demandes, appliquer);
        if (appliquer) {
            transaction.commit();
            outbox.announce();
        }
        auto lignes = core::Json::array();
        for (const auto& ecart : ecarts) {
            lignes.push_back({{"signalement", ecart.signalement},
                              {"ancien", ecart.ancien},
                              {"nouveau", ecart.nouveau},
                              {"apparus", ecart.soupcons.apparus},
                              {"termines", ecart.soupcons.termines}});
        }
        const bool isLast = ids.size() < static_cast<std::size_t>(kLot);
        return http::Response::json(200, {{"catalogue", catalogue.version()},
                                          {"applique", appliquer},
                                          {"ecarts", std::move(lignes)},
                                          {"suite", isLast ? core::Json(nullptr) : core::Json(ids.back())}});
    });
}

}  // namespace histologe::scoring
