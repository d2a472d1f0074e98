#include "services/scoring/http/scores.hpp"

#include "libs/auth/droits.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/domain/desordres/faits.hpp"
#include "libs/service/acces.hpp"
#include "services/scoring/domain/explication.hpp"
#include "services/scoring/store/dossiers.hpp"
#include "services/scoring/store/passees.hpp"
#include "services/scoring/store/scores.hpp"

namespace histologe::scoring {
namespace {

// The same whether it does not exist or is not his to see.
core::Error unknown() {
    return {core::ErrorKind::NotFound, "score_introuvable", "Nous ne trouvons pas de score pour ce signalement."};
}

core::Json historyOf(const std::vector<EvaluationPassee>& passees) {
    auto history = core::Json::array();
    for (const auto& passee : passees) {
        history.push_back({{"catalogue", passee.avant.version},
                           {"score", passee.avant.score},
                           {"evalueLe", core::toRfc3339(passee.avant.evalueLe)},
                           {"remplaceeLe", core::toRfc3339(passee.remplaceeLe)},
                           {"cause", passee.cause},
                           {"suspicions", passee.suspicions}});
    }
    return history;
}

core::Json describe(const desordres::Catalogues& catalogues, const ScoreRow& row,
                    const std::vector<EvaluationPassee>& passees) {
    core::Json answer = {{"signalement", row.signalement},
                         {"catalogue", row.version},
                         {"score", row.score},
                         {"scoreBatiment", row.scoreBatiment},
                         {"scoreLogement", row.scoreLogement},
                         {"precisions", row.precisions},
                         {"qualifications", row.qualifications},
                         {"evalueLe", core::toRfc3339(row.evalueLe)},
                         {"explication", nullptr},
                         {"historique", historyOf(passees)}};
    // Only the version that it was made with can say why.
    if (const auto* made = catalogues.find(row.version)) {
        const auto& catalogue = *made;
        const auto enfants = desordres::faitsOf(catalogue, row.reponses).enfants == desordres::Reponse::Oui;
        const auto precisions = catalogue.setOf(row.precisions.get<std::vector<std::string>>());
        answer["explication"] = toJson(catalogue, explain(catalogue, precisions, enfants));
    }
    return answer;
}

}  // namespace

void bindScores(http::Router& router, postgres::Pool& pool, const desordres::Catalogues& catalogues,
                const core::Clock& clock) {
    router.bind("getScore", service::traced(pool, clock, [&](const http::Request& request) {
        const auto& bearer = auth::bearer(request);
        const auto uuid = request.pathParameters.get("uuid");
        if (!core::isUuid(uuid) || auth::isBoundToOneSignalement(bearer.role)) throw unknown();
        auto session = pool.acquire();
        const auto dossier = findDossier(*session, uuid);
        if (!dossier || !auth::maySee(bearer, *dossier)) throw unknown();
        const auto score = findScore(*session, uuid);
        if (!score) throw unknown();
        return http::Response::json(200, describe(catalogues, *score, passeesOf(*session, uuid)));
    }));
}

}  // namespace histologe::scoring
