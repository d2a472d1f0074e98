#include "services/intake/http/violations.hpp"

namespace histologe::intake {

http::Response refuse(const std::vector<Violation>& violations) {
    auto body = enReponseDuFormulaire(violations);
    const auto ours = enViolations(violations);
    for (std::size_t i = 0; i < ours.size(); ++i) {
        auto& violation = body["violations"][i];
        violation["champ"] = ours[i].champ;
        violation["code"] = ours[i].code;
        violation["message"] = ours[i].message;
    }
    body["status"] = 400;
    body["code"] = "reponses_invalides";
    auto response = http::Response::json(400, body);
    response.header("Content-Type", "application/problem+json");
    return response;
}

}  // namespace histologe::intake
