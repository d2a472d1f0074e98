#include "services/intake/http/invitations.hpp"

#include <memory>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/text.hpp"
#include "services/intake/domain/secrets.hpp"
#include "services/intake/domain/telephone.hpp"
#include "services/intake/http/envoi_invitation.hpp"
#include "services/intake/store/fiches.hpp"

namespace histologe::intake {
namespace {

using core::Error;
using core::ErrorKind;
using core::Json;
using http::Request;
using http::Response;

constexpr char kAcceptee[] = "ACCEPTED";
constexpr char kRefusee[] = "REFUSED";
constexpr char kEnAttente[] = "WAITING";

Error unknown() {
    return {ErrorKind::NotFound, "invitation_introuvable", "Cette invitation n'existe pas."};
}

Response invite(Geste& geste, const Json& body) {
    auto invitation = lireInvitation(body);
    if (geste.dossier.situation.invitationEnAttente) throw invitationEnAttente();
    geste.exiger(Action::Inviter, "Vous ne pouvez pas inviter une autre personne à suivre ce dossier.");
    const auto own = texteEn(geste.dossier.contenu, "/occupant/courriel").value_or("");
    if (core::fold(own) == core::fold(invitation.courriel)) {
        refuserInvitation({{"courriel", "le_votre", "C'est votre adresse. Indiquez celle de la personne invitée."}});
    }
    envoyerInvitation(geste.transaction, geste.context.outbox, geste.dossier, invitation, std::nullopt, geste.le);
    noterActe(geste, "SIGNALEMENT_EDITED_FO", "", {{"section", "invitation"}, {"invitationId", invitation.id}});
    return Response::json(201, enJson(invitation));
}

Response stateOf(const Invitation& invitation) {
    return Response::json(200, {{"statut", invitation.statut}});
}

// The tiers is the declarant from now on; he has the conditions still to accept.
void becomeDeclarant(Geste& geste, const Invitation& invitation) {
    auto gardee = lockFiche(geste.transaction, geste.dossier.uuid);
    if (!gardee) throw dossierIntrouvable();
    const std::vector<std::pair<const char*, std::string>> values = {
        {"nom", invitation.nom},
        {"prenom", invitation.prenom},
        {"mail", invitation.courriel},
        {"telephone", invitation.telephone.empty() ? "" : telephoneNormalise(invitation.telephone, "FR:33")}};
    std::vector<Changement> changes;
    for (const auto& [name, value] : values) {
        const std::string member = std::string(name) == "mail" ? "courriel" : name;
        const auto before = texteEn(gardee->fiche.contenu, "/declarant/" + member);
        const auto after = value.empty() ? std::nullopt : std::optional(value);
        gardee->fiche.contenu["declarant"][member] = after ? Json(*after) : Json(nullptr);
        if (before != after) changes.push_back({name, before, after});
    }
    saveCgu(geste.transaction, geste.dossier.uuid, true);
    noterModification(geste, gardee->fiche, "coordonnees-tiers", changes);
}

Response answer(Geste& geste, const std::string& empreinte, const std::string& code, const std::string& said) {
    if (!memeSecret(code, geste.dossier.codeSuivi)) throw unknown();
    auto invitation = lockInvitation(geste.transaction, empreinte);
    if (!invitation) throw unknown();
    if (invitation->statut != kEnAttente) return stateOf(*invitation);
    if (said == kAcceptee) {
        if (geste.dossier.situation.tiersConnu) throw actionImpossible("Une autre personne suit déjà ce dossier.");
        geste.exiger(Action::AccepterInvitation, "Ce dossier n'est plus en cours.");
        becomeDeclarant(geste, *invitation);
    } else {
        geste.exiger(Action::RefuserInvitation, "Ce dossier n'est plus en cours.");
        noterActe(geste, "SIGNALEMENT_EDITED_FO", "",
                  {{"section", "invitation"}, {"invitationId", invitation->id}, {"reponse", said}});
    }
    invitation->statut = said;
    saveReponse(geste.transaction, invitation->id, said, geste.le);
    return stateOf(*invitation);
}

class Liens {
  public:
    explicit Liens(const EspaceContext& context) : context_(context) {}

    Response show(const Request& request) const {
        const auto found = find(request);
        return faireGesteDuPorteur(context_, found.signalement, [&](Geste& geste) {
            if (!memeSecret(codeOf(request), geste.dossier.codeSuivi)) throw unknown();
            return Response::json(200, {{"statut", found.statut},
                                        {"commune", texteEn(geste.dossier.contenu, "/adresse/commune").value_or("")},
                                        {"invitant", texteEn(geste.dossier.contenu, "/occupant/prenom").value_or("")}});
        });
    }

    Response answerWith(const Request& request, const std::string& said) const {
        const auto found = find(request);
        // The signalement first, as everywhere: two who wait never wait for each other.
        return faireGesteDuPorteur(context_, found.signalement,
                                   [&](Geste& geste) { return answer(geste, found.empreinte, codeOf(request), said); });
    }

  private:
    static std::string codeOf(const Request& request) { return core::fold(request.pathParameters.get("code")); }

    Invitation find(const Request& request) const {
        auto session = context_.pool.acquire();
        auto found = findInvitation(*session, empreinteDuSecret(request.pathParameters.get("jeton")));
        if (!found) throw unknown();
        return std::move(*found);
    }

    EspaceContext context_;
};

}  // namespace

void bindInvitations(http::Router& router, const EspaceContext& context) {
    router.bind("createUsagerInvitation", [context](const Request& request) {
        return faireGeste(context, request, [&](Geste& geste) { return invite(geste, request.json); });
    });
    const auto links = std::make_shared<const Liens>(context);
    router.bind("getInvitation", [links](const Request& request) { return links->show(request); });
    router.bind("acceptInvitation", [links](const Request& request) { return links->answerWith(request, kAcceptee); });
    router.bind("refuseInvitation", [links](const Request& request) { return links->answerWith(request, kRefusee); });
}

}  // namespace histologe::intake
