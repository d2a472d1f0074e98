#include "services/intake/http/lieux_des_signalements.hpp"

#include <memory>

#include "libs/auth/droits.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/service/acces.hpp"
#include "services/intake/store/dossiers.hpp"
#include "services/intake/store/doublons.hpp"
#include "services/intake/store/localisations.hpp"

namespace histologe::intake {
namespace {

using core::Json;
using http::Request;
using http::Response;

constexpr int kVoisinsMax = 200;

// The same whether it does not exist or is not his to see.
core::Error unknownSignalement() {
    return {core::ErrorKind::NotFound, "signalement_introuvable", "Nous ne trouvons pas ce signalement."};
}

std::string requireVisible(postgres::Connection& session, const Request& request) {
    auto uuid = request.pathParameters.get("uuid");
    if (!core::isUuid(uuid)) throw unknownSignalement();
    const auto dossier = findDossier(session, uuid);
    if (!dossier || !auth::maySee(agentOf(request), *dossier)) throw unknownSignalement();
    return uuid;
}

Response localisation(postgres::Connection& session, const Request& request) {
    const auto gardee = findLocalisation(session, requireVisible(session, request));
    if (!gardee) throw unknownSignalement();
    // Nothing was looked for: what holds is what was declared.
    auto place = gardee->trouvee;
    if (!place.is_object()) {
        const auto adresse = adresseDeclaree(gardee->adresse);
        Localisation declaree;
        declaree.rnbId = adresse.rnbId;
        declaree.position = adresse.geoloc;
        declaree.voie = adresse.voie;
        declaree.codePostal = adresse.codePostal;
        declaree.commune = adresse.commune;
        declaree.codeInsee = adresse.codeInsee;
        place = enJson(declaree);
    }
    place["etat"] = gardee->etat.empty() ? "DECLAREE" : gardee->etat;
    place["chercheeLe"] = gardee->chercheeLe ? Json(core::toRfc3339(*gardee->chercheeLe)) : Json(nullptr);
    return Response::json(200, place).header("Cache-Control", "no-store");
}

Response voisins(postgres::Connection& session, const Request& request) {
    const auto& bearer = agentOf(request);
    Json visible = Json::array();
    int others = 0;
    for (const auto& voisin : findVoisins(session, requireVisible(session, request), kVoisinsMax)) {
        if (!voisin.dossier || !auth::maySee(bearer, *voisin.dossier)) {
            ++others;
            continue;
        }
        visible.push_back({{"uuid", voisin.uuid},
                           {"reference", voisin.reference},
                           {"statut", voisin.statut},
                           {"creeLe", core::toRfc3339(voisin.creeLe)},
                           {"parBatiment", voisin.parBatiment}});
    }
    return Response::json(200, {{"signalements", std::move(visible)}, {"autres", others}})
        .header("Cache-Control", "no-store");
}

}  // namespace

void bindLieuxDesSignalements(http::Router& router, AgentsContext context) {
    const auto bind = [&](const char* operation, Response (*answer)(postgres::Connection&, const Request&)) {
        router.bind(operation, service::traced(context.pool, context.clock,
                                               [&pool = context.pool, answer](const Request& request) {
                                                   auto session = pool.acquire();
                                                   return answer(*session, request);
                                               }));
    };
    bind("getLocalisation", &localisation);
    bind("listVoisins", &voisins);
}

}  // namespace histologe::intake
