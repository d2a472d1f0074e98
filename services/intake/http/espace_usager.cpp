#include "services/intake/http/espace_usager.hpp"

#include <array>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/etag.hpp"
#include "libs/http/uri.hpp"

namespace histologe::intake {
namespace {

using core::Json;
using http::Request;
using http::Response;

// A position in the list: `<instant>~<id>`.
std::string placeText(const Acte& acte) {
    return core::toRfc3339(acte.creeLe) + "~" + acte.id;
}

PlaceDActe placeOf(const std::string& text) {
    const auto at = text.find('~');
    const auto instant = core::parseInstant(text.substr(0, at));
    if (at == std::string::npos || !instant || !core::isUuid(text.substr(at + 1))) {
        throw core::Error(core::ErrorKind::InvalidInput, "curseur_invalide", "Cette page n'existe pas.",
                          {{"curseur", "invalide", "Reprenez la liste depuis le début."}});
    }
    return {*instant, text.substr(at + 1)};
}

// What the page may offer: the rights as they are now.
Json rights(const Geste& geste) {
    constexpr std::array<std::pair<const char*, Action>, 9> kShown = {
        {{"ecrire", Action::Ecrire},
         {"joindre", Action::Joindre},
         {"completer", Action::Completer},
         {"abandonner", Action::Abandonner},
         {"poursuivre", Action::Poursuivre},
         {"basculer", Action::Basculer},
         {"repondreCloture", Action::RepondreCloture},
         {"inviter", Action::Inviter},
         {"direBailleurPrevenu", Action::DireBailleurPrevenu}}};
    auto droits = Json::object();
    for (const auto& [name, action] : kShown) droits[name] = geste.peut(action);
    return droits;
}

Response show(Geste& geste) {
    const auto& dossier = geste.dossier;
    const bool hasCgu = !geste.peut(Action::Voir);
    const bool isOccupant = geste.personne == Personne::Occupant;
    Json answer = {{"reference", dossier.reference},
                   {"statut", dossier.statut},
                   {"deposeLe", core::toRfc3339(dossier.creeLe)},
                   {"visiteur", motDe(geste.personne)},
                   {"cguAAccepter", hasCgu},
                   {"abandonDemande", dossier.situation.abandonDemande},
                   {"motifAbandon", dossier.motifUsager ? Json(*dossier.motifUsager) : Json(nullptr)},
                   {"invitationEnAttente", dossier.situation.invitationEnAttente},
                   {"courrielAConfirmer", nullptr},
                   {"droits", rights(geste)},
                   {"signalement", nullptr}};
    // A new mail is nobody's business but of whom it belongs to.
    if (isOccupant && dossier.courrielAttendu) answer["courrielAConfirmer"] = *dossier.courrielAttendu;
    if (!hasCgu) answer["signalement"] = dossier.contenu;
    return Response::json(200, answer).header("ETag", http::etag(dossier.version));
}

Response list(Geste& geste, const Request& request) {
    geste.exiger(Action::Voir, "Ce dossier n'est plus accessible.");
    std::optional<PlaceDActe> after;
    if (const auto cursor = request.query.get("curseur"); !cursor.empty()) after = placeOf(cursor);
    const auto most = static_cast<int>(request.query.integer("limite").value_or(25));
    auto found = findFil(geste.transaction, geste.dossier.uuid, after, most + 1);
    const bool hasMore = static_cast<int>(found.size()) > most;
    if (hasMore) found.pop_back();
    auto items = Json::array();
    for (const auto& acte : found) items.push_back(enJson(acte));
    auto response = Response::json(200, {{"fil", std::move(items)}});
    if (hasMore) response.header("Link", http::nextPage(request, placeText(found.back())));
    return response;
}

}  // namespace

void bindEspaceUsager(http::Router& router, const EspaceContext& context) {
    router.bind("getUsagerSignalement",
                [context](const Request& request) { return voirDossier(context, request, show); });
    router.bind("listUsagerFil", [context](const Request& request) {
        return voirDossier(context, request, [&](Geste& geste) { return list(geste, request); });
    });
}

}  // namespace histologe::intake
