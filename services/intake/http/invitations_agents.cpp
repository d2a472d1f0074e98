// Agents who invite somebody to follow a signalement with its occupant.
#include <algorithm>
#include <memory>

#include "libs/auth/droits.hpp"
#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "libs/service/acces.hpp"
#include "services/intake/http/agents.hpp"
#include "services/intake/http/envoi_invitation.hpp"
#include "services/intake/store/fiches.hpp"

namespace histologe::intake {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;
using http::Request;
using http::Response;

// The same whether it does not exist or is not his to see.
Error unknownSignalement() {
    return {ErrorKind::NotFound, "signalement_introuvable", "Nous ne trouvons pas ce signalement."};
}

// Throws unless the agent sees the signalement.
FicheGardee visible(postgres::Connection& session, const auth::Principal& bearer, const Request& request) {
    const auto uuid = request.pathParameters.get("uuid");
    if (!core::isUuid(uuid)) throw unknownSignalement();
    auto gardee = findFiche(session, uuid);
    if (!gardee || !auth::maySee(bearer, gardee->dossier)) throw unknownSignalement();
    return std::move(*gardee);
}

// The partenaire in whose name he acts, for those who read the thread.
std::optional<std::string> partenaireDe(const auth::Principal& bearer, const auth::DossierVise& dossier) {
    const auto found = std::find_if(bearer.partenaires.begin(), bearer.partenaires.end(), [&](const auto& one) {
        return std::find(dossier.partenaires.begin(), dossier.partenaires.end(), one) != dossier.partenaires.end();
    });
    if (found != bearer.partenaires.end()) return *found;
    return bearer.partenaires.empty() ? std::nullopt : std::optional(bearer.partenaires.front());
}

Response invite(const AgentsContext& context, const Request& request) {
    const auto& bearer = agentOf(request);
    auto session = context.pool.acquire();
    const auto gardee = visible(*session, bearer, request);
    if (!auth::mayEdit(bearer, gardee.dossier)) {
        throw Error(ErrorKind::Forbidden, "invitation_interdite",
                    "Vous ne pouvez pas inviter une personne à suivre ce signalement.");
    }
    auto invitation = lireInvitation(request.json);
    const auto now = context.clock.now();
    postgres::Transaction transaction(*session);
    const auto dossier = lockDossierUsager(transaction, gardee.uuid);
    if (!dossier) throw unknownSignalement();
    const auto& situation = dossier->situation;
    if (situation.invitationEnAttente) throw invitationEnAttente();
    // What its occupant may do is what an agent may do for him: an open dossier that he declared himself, where
    // somebody lives and nobody else follows.
    if (!peut(situation, Personne::Occupant, Action::Inviter, now)) {
        throw Error(ErrorKind::Conflict, "invitation_sans_objet",
                    situation.tiersConnu ? "Une autre personne suit déjà ce signalement."
                                         : "Personne ne peut être invité à suivre ce signalement.");
    }
    const auto occupant = texteEn(dossier->contenu, "/occupant/courriel").value_or("");
    if (core::fold(occupant) == core::fold(invitation.courriel)) {
        refuserInvitation({{"courriel", "celui_de_l_occupant",
                            "C'est l'adresse de l'occupant. Indiquez celle de la personne invitée."}});
    }
    envoyerInvitation(
        transaction, context.outbox, *dossier, invitation,
        AgentInvitant{bearer.subject, std::string(nameOf(bearer.role)), partenaireDe(bearer, gardee.dossier)}, now);
    transaction.commit();
    context.outbox.announce();
    return Response::json(201, enJson(invitation));
}

Response list(const AgentsContext& context, const Request& request) {
    auto session = context.pool.acquire();
    const auto gardee = visible(*session, agentOf(request), request);
    auto invitations = Json::array();
    for (const auto& one : findInvitations(*session, gardee.uuid)) invitations.push_back(enJson(one));
    return Response::json(200, {{"invitations", std::move(invitations)}});
}

}  // namespace

void bindInvitationsDesAgents(http::Router& router, AgentsContext context) {
    const auto bind = [&](const char* operation, Response (*handler)(const AgentsContext&, const Request&)) {
        router.bind(operation, service::traced(context.pool, context.clock, [context, handler](const Request& request) {
                        return handler(context, request);
                    }));
    };
    bind("createInvitation", invite);
    bind("listInvitations", list);
}

}  // namespace histologe::intake
