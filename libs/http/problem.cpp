#include "libs/http/problem.hpp"

namespace histologe::http {

std::string_view titleOfStatus(int status) noexcept {
    switch (status) {
        case 400:
            return "Requête incorrecte";
        case 401:
            return "Identification nécessaire";
        case 403:
            return "Accès refusé";
        case 404:
            return "Introuvable";
        case 405:
            return "Méthode refusée";
        case 408:
            return "Requête trop lente";
        case 409:
            return "Conflit";
        case 410:
            return "Plus disponible";
        case 412:
            return "Version dépassée";
        case 413:
            return "Contenu trop volumineux";
        case 414:
            return "Adresse trop longue";
        case 415:
            return "Format de contenu refusé";
        case 417:
            return "Attente impossible à satisfaire";
        case 422:
            return "Demande impossible à traiter";
        case 428:
            return "Condition nécessaire";
        case 429:
            return "Trop de demandes";
        case 431:
            return "En-têtes trop longs";
        case 500:
            return "Erreur du service";
        case 501:
            return "Fonction absente";
        case 503:
            return "Service indisponible";
        case 504:
            return "Délai dépassé";
        case 505:
            return "Version de HTTP refusée";
        default:
            return "Erreur";
    }
}

Response problem(int status, const std::string& code, const std::string& detail, const std::string& requestId,
                 const std::vector<core::Violation>& violations) {
    core::Json document = {{"type", "urn:histologe:probleme:" + code},
                           {"title", std::string(titleOfStatus(status))},
                           {"status", status},
                           {"detail", detail},
                           {"code", code}};
    if (!requestId.empty()) document["instance"] = "urn:histologe:requete:" + requestId;
    if (!violations.empty()) {
        auto& list = document["violations"] = core::Json::array();
        for (const auto& violation : violations) {
            list.push_back({{"champ", violation.champ}, {"code", violation.code}, {"message", violation.message}});
        }
    }
    return Response::text(status, "application/problem+json; charset=utf-8", core::dumpJson(document));
}

Response problem(const core::Error& error, const std::string& requestId) {
    return problem(core::httpStatus(error.kind()), error.code(), error.message(), requestId, error.violations());
}

}  // namespace histologe::http
