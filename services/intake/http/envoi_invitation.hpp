// Inviting somebody to follow a signalement with its occupant, whoever asks for it (reference of intake, 6.3).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libs/core/error.hpp"
#include "libs/core/json.hpp"
#include "libs/streams/outbox.hpp"
#include "services/intake/store/espace.hpp"
#include "services/intake/store/invitations.hpp"

namespace histologe::intake {

// Whom a body names: `nom`, `prenom`, `courriel`, `telephone`. Throws core::Error (InvalidInput) with every broken rule.
Invitation lireInvitation(const core::Json& corps);

// 400 with every broken rule.
[[noreturn]] void refuserInvitation(std::vector<core::Violation> violations);
// 409: somebody was invited who has not answered.
core::Error invitationEnAttente();

// An agent who invites in the occupant's place.
struct AgentInvitant {
    std::string compte;
    std::string role;
    std::optional<std::string> partenaire;  // in whose name he acts
};

// Gives the invitation its id and its secret, writes it, and tells of it: the mail with the links, and for an agent's the
// entry of the thread. Queued.
void envoyerInvitation(postgres::Transaction& transaction, const streams::Outbox& outbox, const DossierUsager& dossier,
                       Invitation& invitation, const std::optional<AgentInvitant>& agent, core::Instant now);

// {id, statut, nom, prenom, creeLe}.
core::Json enJson(const Invitation& invitation);

}  // namespace histologe::intake
