#include "services/intake/http/territoires.hpp"

namespace histologe::intake {
namespace {

// The answers of this operation keep the shape that the form of today reads, refusals included.
http::Response refusal(int status, const char* label, const char* message) {
    return http::Response::json(status, {{"success", false}, {"label", label}, {"message", message}});
}

constexpr char kPlaceMissing[] = "Indiquez le code postal du logement.";
constexpr char kPlaceUnknown[] = "Le code postal et la commune ne vont pas ensemble. Vérifiez l'adresse.";
constexpr char kPlaceClosed[] =
    "<p>Le service n'est pas encore ouvert dans votre commune.</p>"
    "<p>Vous pouvez appeler Info logement indigne au <a href=\"tel:0806706806\">0806 706 806</a>. "
    "L'appel est gratuit.</p>";

}  // namespace

void bindTerritoires(http::Router& router, Lieux& lieux) {
    router.bind("checkTerritory", [&lieux](const http::Request& request) {
        const auto codePostal = domain::CodePostal::parse(request.query.get("cp"));
        if (!codePostal) return refusal(400, "Erreur", kPlaceMissing);
        std::optional<domain::CodeInsee> codeInsee;
        if (const auto text = request.query.get("insee"); !text.empty()) {
            codeInsee = domain::CodeInsee::parse(text);
            if (!codeInsee) return refusal(200, "Erreur", kPlaceUnknown);
        }
        const auto desserte = domain::desserteOf(*lieux.territoires(), *lieux.communes(), *codePostal, codeInsee);
        switch (desserte.etat) {
            case domain::EtatDesserte::CommuneInconnue: return refusal(200, "Erreur", kPlaceUnknown);
            case domain::EtatDesserte::Ferme: return refusal(200, "Avertissement", kPlaceClosed);
            case domain::EtatDesserte::Ouvert: break;
        }
        return http::Response::json(200, {{"success", true}, {"territoryCode", desserte.territoire->view()}});
    });
    router.bind("getDemarcheAcceleree", [&lieux](const http::Request&) {
        auto codes = core::Json::array();
        const auto territoires = lieux.territoires();
        for (const auto& territoire : territoires->all()) {
            if (territoire.actif && territoire.demarcheAcceleree) codes.push_back(territoire.code.view());
        }
        return http::Response::json(200, {{"territoires", std::move(codes)}});
    });
}

}  // namespace histologe::intake
