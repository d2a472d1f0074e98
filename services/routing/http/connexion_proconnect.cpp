#include "services/routing/http/connexion_proconnect.hpp"

#include "libs/auth/secrets.hpp"
#include "services/routing/store/proconnect.hpp"

namespace histologe::routing {
namespace {

using core::Error;
using core::ErrorKind;
using http::Request;
using http::Response;

void exigerOuvert(const Proconnect& proconnect) {
    if (!proconnect.estOuvert()) {
        throw Error(ErrorKind::NotFound, "proconnect_ferme", "Cette façon d'entrer n'est pas ouverte ici.");
    }
}

Response partir(const ContexteConnexion& contexte, Proconnect& proconnect) {
    exigerOuvert(proconnect);
    const auto depart = proconnect.partir();
    insererDepart(*contexte.pool.acquire(), {auth::fingerprint(depart.etat), auth::fingerprint(depart.navigateur),
                                             depart.nonce, depart.verificateur, contexte.vie.clock().now() + kVieDuDepart});
    return Response::json(200, {{"adresse", depart.adresse}, {"etat", depart.etat}, {"navigateur", depart.navigateur}});
}

Response revenir(const ContexteConnexion& contexte, Proconnect& proconnect, const Request& request) {
    exigerOuvert(proconnect);
    const auto membre = [&](const char* nom) { return request.json.at(nom).get<std::string>(); };
    const auto depart = prendreDepart(*contexte.pool.acquire(), auth::fingerprint(membre("etat")),
                                      auth::fingerprint(membre("navigateur")), contexte.vie.clock().now());
    if (!depart) {
        throw Error(ErrorKind::Unauthenticated, "depart_inconnu",
                    "Cette connexion n'a pas été commencée ici, ou il y a trop longtemps. Recommencez.");
    }
    const auto identite = proconnect.revenir(membre("code"), depart->nonce, depart->verificateur);
    auto session = contexte.pool.acquire();
    postgres::Transaction transaction(*session);
    const auto compte = compteDeLIdentite(transaction, identite.sujet, courrielCanonique(identite.courriel));
    const auto jetons = compte && auth::isAgent(compte->role)
                            ? contexte.ouverture.ouvrirProconnect(transaction, *compte, identite.sujet)
                            : std::nullopt;
    if (!jetons) {
        throw Error(ErrorKind::Forbidden, "compte_ferme",
                    "Aucun compte n'est ouvert à votre nom. Demandez-en un à la personne qui administre votre structure.");
    }
    transaction.commit();
    return sessionOuverte(*compte, *jetons);
}

}  // namespace

void bindConnexionProconnect(http::Router& router, const ContexteConnexion& contexte, Proconnect& proconnect) {
    router.bind("startProconnect", [contexte, &proconnect](const Request&) { return partir(contexte, proconnect); });
    router.bind("finishProconnect",
                [contexte, &proconnect](const Request& request) { return revenir(contexte, proconnect, request); });
}

}  // namespace histologe::routing
