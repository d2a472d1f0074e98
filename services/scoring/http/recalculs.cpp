#include "services/scoring/http/recalculs.hpp"

#include "libs/auth/principal.hpp"
#include "libs/core/error.hpp"
#include "services/scoring/domain/evaluation_json.hpp"
#include "services/scoring/evaluation_dite.hpp"
#include "services/scoring/store/passees.hpp"

namespace histologe::scoring {
namespace {

constexpr int kLot = 500;

struct Recalcul {
    std::vector<ScoreRow> rows;
    std::vector<EvaluationPassee> passees;
    std::vector<streams::Event> said;
    core::Json ecarts = core::Json::array();
};

void recompute(const desordres::Catalogue& catalogue, const streams::Outbox& outbox, core::Instant now,
               const ScoreRow& avant, Recalcul& into) {
    if (avant.reponses.contains("criticites")) return;  // imported: no catalogue of today can read it
    const auto lignes = lignesFromJson(catalogue, avant.qualifications);
    const auto evaluation = evaluate(catalogue, avant.reponses, lignes);
    auto dite =
        evaluationDite(catalogue, {avant.signalement, avant.reponses, avant.reponsesLe}, evaluation, lignes, now);
    if (!differs(avant, dite.row)) return;
    const auto suspicions = dite.data.at("suspicions");
    into.ecarts.push_back({{"signalement", avant.signalement},
                           {"ancien", avant.score},
                           {"nouveau", dite.row.score},
                           {"suspicions", suspicions}});
    into.passees.push_back({avant, now, "recalcul", suspicions});
    into.said.push_back(outbox.make("signalement.evalue", avant.signalement, std::move(dite.data)));
    into.rows.push_back(std::move(dite.row));
}

}  // namespace

void bindRecalculs(http::Router& router, const desordres::Catalogue& catalogue, postgres::Pool& pool,
                   const streams::Outbox& outbox, const core::Clock& clock) {
    router.bind("recalculerScores", [&](const http::Request& request) {
        if (!auth::bearer(request).isSuperAdmin()) {
            throw core::Error(core::ErrorKind::Forbidden, "recalcul_interdit",
                              "Seule l'administration nationale peut recalculer les scores.");
        }
        const bool appliquer = request.json.value("appliquer", false);
        auto session = pool.acquire();
        const auto signalements =
            scoredWith(*session, request.json.at("version").get<std::string>(), request.json.value("apres", ""), kLot);
        postgres::Transaction transaction(*session);
        Recalcul recalcul;
        for (const auto& [signalement, avant] : lockScores(transaction, signalements)) {
            recompute(catalogue, outbox, clock.now(), avant, recalcul);
        }
        if (appliquer && !recalcul.rows.empty()) {
            replaceScores(transaction, recalcul.rows);
            insertPassees(transaction, recalcul.passees);
            outbox.add(transaction, recalcul.said);
            transaction.commit();
            outbox.announce();
        }
        const bool isLast = signalements.size() < static_cast<std::size_t>(kLot);
        return http::Response::json(200, {{"catalogue", catalogue.version()},
                                          {"applique", appliquer},
                                          {"examines", signalements.size()},
                                          {"ecarts", std::move(recalcul.ecarts)},
                                          {"suite", isLast ? core::Json(nullptr) : core::Json(signalements.back())}});
    });
}

}  // namespace histologe::scoring
