#include "services/scoring/http/scores.hpp"

#include "libs/auth/droits.hpp"
#include "libs/auth/principal.hpp"
#include "libs/core/error.hpp"
#include "libs/domain/desordres/faits.hpp"
#include "services/scoring/domain/explication.hpp"
#include "services/scoring/store/dossiers_vus.hpp"
#include "services/scoring/store/scores.hpp"

namespace histologe::scoring {
namespace {

core::Error unknown() {
    return {core::ErrorKind::NotFound, "score_introuvable", "Aucun score n'est connu pour ce signalement."};
}

core::Json explicationOf(const desordres::Catalogues& catalogues, const ScoreRow& row) {
    const auto* catalogue = catalogues.find(row.version);
    if (catalogue == nullptr) return nullptr;
    const auto precisions = catalogue->setOf(row.precisions.get<std::vector<std::string>>());
    const auto faits = desordres::faitsOf(*catalogue, row.reponses);
    return toJson(*catalogue, explain(*catalogue, precisions, faits.enfants == desordres::Reponse::Oui));
}

core::Json historyOf(const std::vector<EvaluationPassee>& passees) {
    auto history = core::Json::array();
    for (const auto& passee : passees) {
        history.push_back({{"catalogue", passee.avant.version},
                           {"score", passee.avant.score},
                           {"evalueLe", core::toRfc3339(passee.avant.evalueLe)},
                           {"remplaceeLe", core::toRfc3339(passee.remplaceeLe)},
                           {"cause", passee.cause},
                           {"apparus", passee.apparues},
                           {"termines", passee.terminees}});
    }
    return history;
}

}  // namespace

void bindScores(http::Router& router, const desordres::Catalogues& catalogues, postgres::Pool& pool) {
    router.bind("getScore", [&](const http::Request& request) {
        const auto signalement = request.pathParameters.get("uuid");
        auto connection = pool.acquire();
        // Who may not see the dossier learns no more than of a report that does not exist.
        const auto dossier = findVue(*connection, signalement);
        if (!dossier || !auth::maySee(auth::bearer(request), *dossier)) throw unknown();
        const auto row = findScore(*connection, signalement);
        if (!row) throw unknown();
        return http::Response::json(200, {{"signalement", row->signalement},
                                          {"catalogue", row->version},
                                          {"score", row->score},
                                          {"scoreBatiment", row->scoreBatiment},
                                          {"scoreLogement", row->scoreLogement},
                                          {"evalueLe", core::toRfc3339(row->evalueLe)},
                                          {"precisions", row->precisions},
                                          {"qualifications", row->qualifications},
                                          {"explication", explicationOf(catalogues, *row)},
                                          {"historique", historyOf(passeesOf(*connection, signalement))}});
    });
}

}  // namespace histologe::scoring
