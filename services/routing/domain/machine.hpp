// What may happen to a dossier and to its affectations, as data: the one table per machine that the code executes, the API
// publishes and the tests draw. (Reference of routing, 3; table of state machines.)
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "libs/domain/vocabulaire/dossiers.hpp"

namespace histologe::routing {

// In what capacity somebody acts. One person may have several on one affectation.
enum class Acteur : std::uint8_t {
    Systeme,      // rules, timers, and what follows from another transition
    SuperAdmin,
    Responsable,  // manager of the dossier's territoire
    Repartiteur,  // agent allowed to assign, on a dossier that he may see
    Membre,       // acts for the affectation's partenaire, whatever his role
    Logiciel,     // a system that acts for the affectation's partenaire
    Usager,
    Bailleur,
};
inline constexpr int kActeurs = 8;
using Acteurs = std::uint16_t;

// What must be true besides the state.
enum class Garde : std::uint8_t {
    DossierTraite,   // the dossier is ACTIVE or INJONCTION_BAILLEUR
    DossierEnCours,  // the dossier is ACTIVE
    // Looked at with the request, which says who or what is chosen:
    AbonneChoisi,         // at least one person will follow the dossier
    PartenaireAffectable, // an open partenaire of the territoire; in injonction, one that helps landlords
};
inline constexpr int kGardes = 4;
using Gardes = std::uint16_t;

// What a transition does besides changing the state. Done in the order in which they are listed here.
enum class Effet : std::uint8_t {
    DaterValidation,       // the first time only
    NoterRefus,
    NoterCloture,          // instant, motive, words, by whom
    EffacerDecision,       // an open dossier is neither closed nor refused: date and motives stay in the history alone
    NoterMotifUsager,
    Recommencer,           // new reference, to be routed again
    FermerAffectations,    // those that wait or run
    RemettreAffectations,  // those named, which were closed or refused, wait again
    RetirerEnAttente,      // the affectations that nobody answered
    EffacerReponse,        // date and motives of the answer
    DaterReponse,
    NoterMotif,            // of the affectation: motive, words, works
    NouvelleLigne,         // another affectation in its place, told of as a new one
    Abonner,
    AbonnerLesAgents,      // everybody of the partenaire
    Desabonner,            // the partenaire's people, save managers and who has the dossier by another partenaire
    AnnoncerPrisEnCharge,  // the first acceptance of the dossier is told to the usager
};
inline constexpr int kEffets = 17;
using Effets = std::uint32_t;

// From which list a motive is wanted (domain/motifs).
enum class ListeMotifs : std::uint8_t { Aucune, RefusDossier, RefusAffectation, ClotureDossier, ClotureAffectation, ClotureInjonction };

// Whether the usager reads the suivi that tells of it: never, always, or as whoever acts must say.
enum class Visibilite : std::uint8_t { Non, Oui, Choix };

enum class EtatAffectation : std::uint8_t { Absente, Nouveau, EnCours, Refuse, Ferme };
inline constexpr int kEtatsAffectation = 5;

template <typename Element>
constexpr std::uint32_t masque(std::initializer_list<Element> elements) noexcept {
    std::uint32_t bits = 0;
    for (const auto element : elements) bits |= 1U << static_cast<unsigned>(element);
    return bits;
}
template <typename Element>
constexpr bool contient(std::uint32_t bits, Element element) noexcept {
    return (bits & (1U << static_cast<unsigned>(element))) != 0;
}

template <typename Etat>
struct Transition {
    std::string_view action;
    std::uint32_t de;  // set of Etat
    Etat vers;
    Acteurs qui;
    Gardes gardes;
    ListeMotifs motifs;
    bool texte;  // an explanation of ten characters at least
    Effets effets;
    std::string_view suivi;  // category of the suivi that tells of it; empty for none
    Visibilite visible;

    [[nodiscard]] bool depuis(Etat etat) const noexcept { return contient(de, etat); }
};
using TransitionDossier = Transition<domain::StatutDossier>;
using TransitionAffectation = Transition<EtatAffectation>;

// The whole tables.
std::span<const TransitionDossier> machineDossier() noexcept;
std::span<const TransitionAffectation> machineAffectation() noexcept;

// Those that somebody may make from a state: in his capacities, with the guards that hold of the dossier alone. The guards
// of the request are left aside.
template <typename Etat>
std::vector<const Transition<Etat>*> permises(std::span<const Transition<Etat>> machine, Etat etat, Acteurs qui, Gardes remplies) {
    constexpr Gardes kDeLaRequete = static_cast<Gardes>(masque({Garde::AbonneChoisi, Garde::PartenaireAffectable}));
    std::vector<const Transition<Etat>*> trouvees;
    for (const auto& une : machine) {
        if (une.depuis(etat) && (une.qui & qui) != 0 && (une.gardes & ~remplies & ~kDeLaRequete) == 0) trouvees.push_back(&une);
    }
    return trouvees;
}
// The one of that name among them; null when there is none. No two have the same name for one person and state (a test).
template <typename Etat>
const Transition<Etat>* permise(std::span<const Transition<Etat>> machine, std::string_view action, Etat etat, Acteurs qui,
                                Gardes remplies) {
    for (const auto* une : permises(machine, etat, qui, remplies)) {
        if (une->action == action) return une;
    }
    return nullptr;
}
// True when the person may make it in some state: then it is the state that refuses, not his rights.
template <typename Etat>
bool sienne(std::span<const Transition<Etat>> machine, std::string_view action, Acteurs qui) {
    for (const auto& une : machine) {
        if (une.action == action && (une.qui & qui) != 0) return true;
    }
    return false;
}

// The guards that hold of a dossier in this status.
Gardes gardesDuDossier(domain::StatutDossier statut) noexcept;

EtatAffectation etatDe(domain::StatutAffectation statut) noexcept;
// Empty for Absente.
std::optional<domain::StatutAffectation> statutDe(EtatAffectation etat) noexcept;
// `NOUVEAU`…, `ABSENTE`.
std::string_view nomDe(EtatAffectation etat) noexcept;
std::string_view nomDe(domain::StatutDossier statut) noexcept;
std::string_view nomDe(Acteur acteur) noexcept;
std::string_view nomDe(Garde garde) noexcept;
std::string_view nomDe(Effet effet) noexcept;
std::string_view nomDe(ListeMotifs liste) noexcept;
std::string_view nomDe(Visibilite visibilite) noexcept;

}  // namespace histologe::routing
