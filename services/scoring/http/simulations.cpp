#include "services/scoring/http/simulations.hpp"

#include "libs/domain/desordres/lecture.hpp"
#include "services/scoring/domain/evaluation_json.hpp"
#include "services/scoring/domain/explication.hpp"

namespace histologe::scoring {

void bindSimulations(http::Router& router, const desordres::Catalogue& catalogue) {
    router.bind("simulateScore", [&catalogue](const http::Request& request) {
        const auto& reponses = request.json.at("reponses");
        const auto evaluation = evaluate(catalogue, reponses);
        const auto faits = desordres::faitsOf(catalogue, reponses);
        auto answer = toJson(catalogue, evaluation);
        answer["declare"] = evaluation.declares();
        answer["explication"] =
            toJson(catalogue, explain(catalogue, evaluation.precisions, faits.enfants == desordres::Reponse::Oui));
        return http::Response::json(200, answer);
    });
}

}  // namespace histologe::scoring
