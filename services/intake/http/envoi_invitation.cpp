#include "services/intake/http/envoi_invitation.hpp"

#include "libs/core/ids.hpp"
#include "services/intake/domain/courriel.hpp"
#include "services/intake/domain/lecture.hpp"
#include "services/intake/domain/secrets.hpp"
#include "services/intake/domain/telephone.hpp"
#include "services/intake/evenements_usager.hpp"
#include "services/intake/http/geste.hpp"

namespace histologe::intake {
namespace {

using core::Json;

// Names are one line of characters that people type.
bool isName(const std::string& text) {
    const auto mesure = mesurer(text);
    return !text.empty() && !mesure.interdits && !mesure.sautsDeLigne;
}

}  // namespace

Invitation lireInvitation(const Json& body) {
    Invitation invitation;
    invitation.nom = motDuCorps(body, "nom");
    invitation.prenom = motDuCorps(body, "prenom");
    invitation.courriel = motDuCorps(body, "courriel");
    invitation.telephone = motDuCorps(body, "telephone");
    std::vector<core::Violation> violations;
    if (!isName(invitation.nom)) violations.push_back({"nom", "obligatoire", "Indiquez son nom."});
    if (!isName(invitation.prenom)) violations.push_back({"prenom", "obligatoire", "Indiquez son prénom."});
    if (!courrielValide(invitation.courriel)) {
        violations.push_back({"courriel", "courriel_invalide", "Vérifiez son adresse de courriel."});
    }
    if (!invitation.telephone.empty() && !telephoneValide(invitation.telephone)) {
        violations.push_back({"telephone", "telephone_invalide", "Vérifiez son numéro de téléphone."});
    }
    if (!violations.empty()) refuserInvitation(std::move(violations));
    return invitation;
}

void refuserInvitation(std::vector<core::Violation> violations) {
    throw core::Error(core::ErrorKind::InvalidInput, "donnees_invalides", "Vérifiez ces informations.",
                      std::move(violations));
}

core::Error invitationEnAttente() {
    return {core::ErrorKind::Conflict, "invitation_en_attente",
            "Une personne est déjà invitée et n'a pas encore répondu."};
}

void envoyerInvitation(postgres::Transaction& transaction, const streams::Outbox& outbox, const DossierUsager& dossier,
                       Invitation& invitation, const std::optional<AgentInvitant>& agent, core::Instant now) {
    const auto secret = core::randomHex(kSecretDInvitation);
    invitation.id = core::uuidV7(now);
    invitation.signalement = dossier.uuid;
    invitation.empreinte = empreinteDuSecret(secret);
    invitation.creeLe = now;
    insertInvitation(transaction, invitation);
    auto said = evenementTiersInvite(outbox, dossier, invitation, secret);
    if (agent) {
        said.data["agent"] = {{"compte", agent->compte},
                              {"role", agent->role},
                              {"partenaire", agent->partenaire ? Json(*agent->partenaire) : Json(nullptr)}};
    }
    outbox.add(transaction, said);
}

Json enJson(const Invitation& invitation) {
    return {{"id", invitation.id},
            {"statut", invitation.statut},
            {"nom", invitation.nom},
            {"prenom", invitation.prenom},
            {"creeLe", core::toRfc3339(invitation.creeLe)}};
}

}  // namespace histologe::intake
