// What the people of a signalement may do, and when: one table, executed by one function.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "libs/core/clock.hpp"
#include "libs/domain/vocabulaire/dossiers.hpp"
#include "services/intake/domain/profil.hpp"

namespace histologe::intake {

// Who acts on a signalement without being an agent.
enum class Personne : std::uint8_t {
    Occupant,   // lives there
    Declarant,  // declared for the occupant, or was invited to follow
    Bailleur,   // came with the code of an injonction
    Porteur,    // of a link that was sent by mail, who did not identify himself
};
// `occupant`, `declarant`, `bailleur`, `porteur`.
std::string_view motDe(Personne personne) noexcept;
// Who a usager says he is: `occupant`, `declarant` (or `déclarant`); empty for anything else.
std::optional<Personne> usagerDe(std::string_view mot);

enum class Action : std::uint8_t {
    Voir,
    AccepterCgu,
    Ecrire,
    Joindre,  // files: sent, renamed, removed
    Completer,
    Abandonner,
    Poursuivre,
    Basculer,         // leave the injonction for the ordinary procedure
    RepondreCloture,  // are the works that the landlord calls done really done
    Inviter,
    DireBailleurPrevenu,
    AccepterInvitation,
    RefuserInvitation,
    ConfirmerCourriel,
    RepondreInjonction,
    DemanderCloture,
};
inline constexpr int kActions = static_cast<int>(Action::DemanderCloture) + 1;

// What must be true besides the status.
enum class Condition : std::uint8_t {
    CguAcceptees,           // by an invited tiers; nobody else has to
    LogementOccupe,         // it was not said to be vacant
    PeuApresCloture,        // closed for less than 30 days, and no usager has written since
    PasDAbandon,            // nobody asked to stop, or somebody then asked to go on
    PasDePoursuiteRecente,  // nobody asked to go on within 20 days without asking to stop since
    OccupantDeclare,        // who lives there declared himself
    SansTiers,              // nobody follows beside the occupant
    PasDInvitation,         // nobody was invited who has not answered
    BailleurAPrevenir,      // there is a landlord, and he was not told
    BailleurSansReponse,
    BailleurDAccord,  // he answered yes, in one of its forms
    ClotureDemandee,  // he says that his works are done
    PasDeClotureDemandee,
};
inline constexpr int kConditions = static_cast<int>(Condition::PasDeClotureDemandee) + 1;
using Conditions = std::uint16_t;
constexpr Conditions masque(Condition condition) noexcept {
    return static_cast<Conditions>(1U << static_cast<unsigned>(condition));
}

// What the signalement says.
struct SituationUsager {
    domain::StatutDossier statut = domain::StatutDossier::Nouveau;
    Profil profil = Profil::Locataire;
    bool vacant = false;
    std::optional<core::Instant> fermeLe;           // the latest closure
    std::optional<core::Instant> dernierMessageLe;  // of a usager
    std::optional<core::Instant> dernierePoursuiteLe;
    bool abandonDemande = false;
    bool tiersConnu = false;  // somebody follows beside the occupant
    bool invitationEnAttente = false;
    bool bailleurPrevenu = false;
    bool cguAAccepter = false;  // the tiers was invited and has not accepted the conditions yet
    std::optional<bool> bailleurDAccord;
    bool clotureDemandee = false;
};

// After a closure, so long, one message (reference of intake, 5.2).
inline constexpr std::chrono::days kMessageApresCloture{30};
// A wish to go on that was said is not said again for so long (6.1).
inline constexpr std::chrono::days kEntreDeuxPoursuites{20};

Conditions conditionsDe(const SituationUsager& situation, Personne personne, core::Instant maintenant);

// One line: these people may do this in these statuses when all these conditions hold. Several lines of one action add
// up.
struct RegleDeDroit {
    Action action;
    std::uint16_t statuts;   // bits in the order of domain::StatutDossier
    std::uint8_t personnes;  // bits in the order of Personne
    Conditions conditions;
};
// The table: reference of intake, 5.2 (usager rights) and 6.1, with decisions 1 and 2 of its section 10.
std::span<const RegleDeDroit> droitsDesPersonnes() noexcept;

// What the table says.
bool permet(Action action, domain::StatutDossier statut, Personne personne, Conditions remplies) noexcept;
bool peut(const SituationUsager& situation, Personne personne, Action action, core::Instant maintenant);

}  // namespace histologe::intake
