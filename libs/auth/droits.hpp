// Who may see and edit a dossier: the one decision that every service takes from here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/auth/principal.hpp"
#include "libs/domain/vocabulaire/dossiers.hpp"

namespace histologe::auth {

// What decides. Every service that shows dossiers keeps it in a projection of its own.
struct DossierVise {
    std::string signalement;  // uuid
    std::string territoire;   // code
    domain::StatutDossier statut = domain::StatutDossier::Nouveau;
    std::vector<std::string> partenaires;         // every partenaire with an affectation, whatever its status
    std::vector<std::string> partenairesEnCours;  // those among them whose affectation is accepted and not closed
};

// A dossier as a projection keeps it, before its partenaires are added; empty when the status is none that we know.
std::optional<DossierVise> dossierVise(std::string signalement, std::string territoire, std::string_view statut);

// SIGN_VIEW of the reference of permissions. Nobody sees a draft here (it belongs to its author). A super admin sees
// all else; a territory's manager what is of his territoires, save what was deleted; agents, partner admins and systems
// the same when one of their partenaires is affected; a usager or bailleur his signalement.
bool maySee(const Principal& principal, const DossierVise& dossier) noexcept;

// SIGN_EDIT_* of the reference. A super admin edits whatever the status; a territory's manager what is new, active, in
// injonction or closed in his territoires; an agent, partner admin or system what is active or in injonction and which
// one of his partenaires has accepted. Usagers and bailleurs edit in their own space, never here.
bool mayEdit(const Principal& principal, const DossierVise& dossier) noexcept;

// SIGN_EDIT_ACTIVE or SIGN_EDIT_CLOSED of the reference: who edits a dossier tags it once it is validated; a super admin
// before that too.
bool mayTag(const Principal& principal, const DossierVise& dossier) noexcept;

}  // namespace histologe::auth
