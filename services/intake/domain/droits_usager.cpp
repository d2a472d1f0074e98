#include "services/intake/domain/droits_usager.hpp"

#include <array>

#include "libs/core/text.hpp"

namespace histologe::intake {
namespace {

using domain::StatutDossier;

constexpr std::uint16_t s(StatutDossier statut) noexcept {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(statut));
}
constexpr std::uint8_t p(Personne personne) noexcept {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(personne));
}
template <typename... Some>
constexpr Conditions si(Some... some) noexcept {
    return static_cast<Conditions>((0U | ... | masque(some)));
}

constexpr std::uint16_t kDeposes = s(StatutDossier::Nouveau) | s(StatutDossier::EnCours) | s(StatutDossier::Ferme) |
                                   s(StatutDossier::Archive) | s(StatutDossier::Refuse) | s(StatutDossier::Injonction) |
                                   s(StatutDossier::InjonctionCloturee);
constexpr std::uint16_t kOuverts = s(StatutDossier::Nouveau) | s(StatutDossier::EnCours) | s(StatutDossier::Injonction);
constexpr std::uint16_t kFerme = s(StatutDossier::Ferme);
constexpr std::uint16_t kInjonction = s(StatutDossier::Injonction);

constexpr std::uint8_t kUsagers = p(Personne::Occupant) | p(Personne::Declarant);
constexpr std::uint8_t kBailleur = p(Personne::Bailleur);
constexpr std::uint8_t kPorteur = p(Personne::Porteur);

using C = Condition;

// clang-format off
constexpr RegleDeDroit kDroits[] = {
    {Action::Voir,                kDeposes,    kUsagers,               si(C::CguAcceptees)},
    {Action::Voir,                kDeposes,    kBailleur,              si()},
    {Action::AccepterCgu,         kDeposes,    kUsagers,               si()},
    {Action::Ecrire,              kOuverts,    kUsagers,               si(C::CguAcceptees, C::LogementOccupe)},
    {Action::Ecrire,              kFerme,      kUsagers,               si(C::CguAcceptees, C::LogementOccupe, C::PeuApresCloture)},
    {Action::Ecrire,              kOuverts,    kBailleur,              si(C::BailleurDAccord)},
    {Action::Joindre,             kOuverts,    kUsagers,               si(C::CguAcceptees, C::LogementOccupe)},
    {Action::Joindre,             kFerme,      kUsagers,               si(C::CguAcceptees, C::LogementOccupe, C::PeuApresCloture)},
    {Action::Completer,           kOuverts,    kUsagers,               si(C::CguAcceptees, C::LogementOccupe)},
    {Action::Abandonner,          kOuverts,    kUsagers,               si(C::CguAcceptees, C::LogementOccupe, C::PasDAbandon)},
    {Action::Poursuivre,          kOuverts,    kUsagers,               si(C::CguAcceptees, C::LogementOccupe, C::PasDePoursuiteRecente)},
    {Action::Basculer,            kInjonction, kUsagers,               si(C::CguAcceptees)},
    {Action::RepondreCloture,     kInjonction, kUsagers,               si(C::CguAcceptees, C::ClotureDemandee)},
    {Action::Inviter,             kOuverts,    p(Personne::Occupant),  si(C::LogementOccupe, C::OccupantDeclare, C::SansTiers, C::PasDInvitation)},
    {Action::DireBailleurPrevenu, kOuverts,    kUsagers,               si(C::CguAcceptees, C::LogementOccupe, C::BailleurAPrevenir)},
    {Action::AccepterInvitation,  kOuverts,    kPorteur,               si(C::LogementOccupe, C::SansTiers)},
    {Action::RefuserInvitation,   kOuverts,    kPorteur,               si(C::LogementOccupe)},
    {Action::ConfirmerCourriel,   kOuverts,    kPorteur,               si(C::LogementOccupe)},
    {Action::RepondreInjonction,  kInjonction, kBailleur,              si(C::BailleurSansReponse)},
    {Action::DemanderCloture,     kInjonction, kBailleur,              si(C::BailleurDAccord, C::PasDeClotureDemandee)},
};
// clang-format on

bool peuApresCloture(const SituationUsager& situation, core::Instant maintenant) {
    if (!situation.fermeLe || maintenant - *situation.fermeLe >= kMessageApresCloture) return false;
    return !situation.dernierMessageLe || *situation.dernierMessageLe < *situation.fermeLe;
}

}  // namespace

std::string_view motDe(Personne personne) noexcept {
    constexpr std::array<std::string_view, 4> kMots = {"occupant", "declarant", "bailleur", "porteur"};
    return kMots[static_cast<std::size_t>(personne)];
}

std::optional<Personne> usagerDe(std::string_view mot) {
    const auto plie = core::fold(mot);
    if (plie == "occupant") return Personne::Occupant;
    if (plie == "declarant") return Personne::Declarant;
    return std::nullopt;
}

Conditions conditionsDe(const SituationUsager& situation, Personne personne, core::Instant maintenant) {
    Conditions remplies = 0;
    const auto noter = [&](Condition condition, bool vraie) {
        if (vraie) remplies = static_cast<Conditions>(remplies | masque(condition));
    };
    noter(C::CguAcceptees, personne != Personne::Declarant || !situation.cguAAccepter);
    noter(C::LogementOccupe, !situation.vacant);
    noter(C::PeuApresCloture, peuApresCloture(situation, maintenant));
    noter(C::PasDAbandon, !situation.abandonDemande);
    // Who asked to stop since may change his mind at once.
    noter(C::PasDePoursuiteRecente, situation.abandonDemande || !situation.dernierePoursuiteLe ||
                                        maintenant - *situation.dernierePoursuiteLe >= kEntreDeuxPoursuites);
    noter(C::OccupantDeclare, estOccupant(situation.profil));
    noter(C::SansTiers, !situation.tiersConnu);
    noter(C::PasDInvitation, !situation.invitationEnAttente);
    noter(C::BailleurAPrevenir, !situation.bailleurPrevenu && situation.profil != Profil::Bailleur &&
                                    situation.profil != Profil::BailleurOccupant);
    noter(C::BailleurSansReponse, !situation.bailleurDAccord);
    noter(C::BailleurDAccord, situation.bailleurDAccord == true);
    noter(C::ClotureDemandee, situation.clotureDemandee);
    noter(C::PasDeClotureDemandee, !situation.clotureDemandee);
    return remplies;
}

std::span<const RegleDeDroit> droitsDesPersonnes() noexcept {
    return kDroits;
}

bool permet(Action action, StatutDossier statut, Personne personne, Conditions remplies) noexcept {
    for (const auto& regle : kDroits) {
        if (regle.action == action && (regle.statuts & s(statut)) != 0 && (regle.personnes & p(personne)) != 0 &&
            (regle.conditions & ~remplies) == 0) {
            return true;
        }
    }
    return false;
}

bool peut(const SituationUsager& situation, Personne personne, Action action, core::Instant maintenant) {
    return permet(action, situation.statut, personne, conditionsDe(situation, personne, maintenant));
}

}  // namespace histologe::intake
