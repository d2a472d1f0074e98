#include "services/scoring/http/simulations.hpp"

#include "services/scoring/domain/evaluation_json.hpp"
#include "services/scoring/domain/explication.hpp"

namespace histologe::scoring {

void bindSimulations(http::Router& router, const desordres::Catalogue& catalogue) {
    router.bind("simulateScore", [&catalogue](const http::Request& request) {
        const auto evaluation = evaluate(catalogue, request.json.at("reponses"));
        auto answer = toJson(catalogue, evaluation);
        answer["declare"] = evaluation.declares();
        answer["explication"] = toJson(catalogue, explain(catalogue, evaluation.precisions, evaluation.enfants));
        return http::Response::json(200, answer);
    });
}

}  // namespace histologe::scoring
