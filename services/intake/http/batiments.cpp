#include "services/intake/http/batiments.hpp"

#include "libs/auth/droits.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/etag.hpp"
#include "libs/service/acces.hpp"
#include "services/intake/domain/batiment.hpp"
#include "services/intake/domain/localisation.hpp"
#include "services/intake/http/geste.hpp"
#include "services/intake/modification.hpp"
#include "services/intake/store/localisations.hpp"

namespace histologe::intake {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;
using http::Request;
using http::Response;

constexpr char kSection[] = "batiment";
constexpr char kRnbId[] = "/adresse/rnbId";

std::string batimentDuCorps(const Json& corps) {
    auto identifiant = identifiantRnb(corps.at("rnbId").get_ref<const std::string&>());
    if (!identifiant) {
        refuser({{"rnbId", "batiment_invalide",
                  "L'identifiant d'un bâtiment a douze lettres et chiffres, par exemple ABCD1234EFGH."}});
    }
    return std::move(*identifiant);
}

// The registers' word, or what was declared as long as they have not spoken.
void requireUnknownPlace(postgres::Transaction& transaction, const FicheGardee& gardee) {
    const auto localisation = findLocalisation(transaction, gardee.uuid);
    const bool isFound = localisation && localisation->trouvee.is_object();
    const bool isKnown = isFound ? localisation->trouvee.at("geoloc").is_object()
                                 : adresseDeclaree(gardee.fiche.contenu.at("adresse")).geoloc.has_value();
    if (isKnown) {
        throw Error(ErrorKind::Conflict, "lieu_deja_connu",
                    "Nous savons déjà où est ce logement. Si ce n'est pas le bon endroit, corrigez son adresse.");
    }
}

// Puts the building into the document; what that changes.
std::vector<Changement> choisir(Fiche& fiche, const std::string& batiment) {
    const auto avant = texteEn(fiche.contenu, kRnbId);
    if (avant == batiment) return {};
    fiche.contenu["adresse"]["rnbId"] = batiment;
    return {{"rnbId", avant, batiment}};
}

Response answer(const std::string& batiment, long long version) {
    return Response::json(200, {{"rnbId", batiment}, {"version", version}}).header("ETag", http::etag(version));
}

// As the address: those who may edit it in its status (SIGN_EDIT_ADDRESS).
bool mayChoose(const auth::Principal& bearer, const auth::DossierVise& dossier) {
    using domain::StatutDossier;
    if (!auth::mayEdit(bearer, dossier)) return false;
    return bearer.isSuperAdmin() || dossier.statut == StatutDossier::EnCours || dossier.statut == StatutDossier::Nouveau;
}

Response chooseAsAgent(const AgentsContext& context, const Request& request) {
    const auto& bearer = agentOf(request);
    const auto uuid = request.pathParameters.get("uuid");
    const Error unknown(ErrorKind::NotFound, "signalement_introuvable", "Nous ne trouvons pas ce signalement.");
    if (!core::isUuid(uuid)) throw unknown;
    const auto batiment = batimentDuCorps(request.json);
    const auto now = context.clock.now();
    auto session = context.pool.acquire();
    postgres::Transaction transaction(*session);
    auto gardee = lockFiche(transaction, uuid);
    if (!gardee || !auth::maySee(bearer, gardee->dossier)) throw unknown;
    if (!mayChoose(bearer, gardee->dossier)) {
        throw Error(ErrorKind::Forbidden, "modification_interdite",
                    "Vous ne pouvez pas choisir le bâtiment de ce signalement.");
    }
    http::requireMatch(request, std::to_string(gardee->version));
    requireUnknownPlace(transaction, *gardee);
    const auto changements = choisir(gardee->fiche, batiment);
    if (changements.empty()) return answer(batiment, gardee->version);
    ecrireModification(transaction, context.outbox, *gardee, kSection,
                       {bearer.subject, std::string(nameOf(bearer.role))}, changements, now);
    transaction.commit();
    context.outbox.announce();
    return answer(batiment, gardee->version + 1);
}

Response chooseAsUsager(Geste& geste, const Request& request) {
    geste.exiger(Action::Completer, "Ce dossier ne peut plus être complété.");
    const auto batiment = batimentDuCorps(request.json);
    auto gardee = lockFiche(geste.transaction, geste.dossier.uuid);
    if (!gardee) throw dossierIntrouvable();
    requireUnknownPlace(geste.transaction, *gardee);
    const auto changements = choisir(gardee->fiche, batiment);
    noterModification(geste, gardee->fiche, kSection, changements);
    return answer(batiment, geste.dossier.version);
}

}  // namespace

void bindBatiments(http::Router& router, AgentsContext agents, const EspaceContext& espace) {
    router.bind("setBatiment", service::traced(agents.pool, agents.clock, [agents](const Request& request) {
                    return chooseAsAgent(agents, request);
                }));
    router.bind("setUsagerBatiment", [espace](const Request& request) {
        return faireGeste(espace, request, [&](Geste& geste) { return chooseAsUsager(geste, request); });
    });
}

}  // namespace histologe::intake
