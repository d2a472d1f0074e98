// What is looked for among the dossiers: one value that list, count and map share, and whatever comes after them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libs/core/clock.hpp"
#include "services/routing/domain/zones.hpp"

namespace histologe::routing {

// The statuses of the filter; a partner's people mean those of their own affectation.
enum class StatutCherche : std::uint8_t { Nouveau, EnCours, Ferme, Refuse };

enum class AffectationCherchee : std::uint8_t {
    Acceptee,
    EnAttente,
    Refusee,
    AucuneAcceptee,     // there is one, none is accepted or closed
    ClotureUn,          // one is closed, the dossier is not
    ClotureTous,        // there is one, all are closed
    ClotureCommune,     // that of a commune is closed
};

// What waits for somebody in a dossier, or ties it to who looks. Those of messages, reminders, activity and of agents are of
// dossiers that are worked on: ACTIVE, and for a partner's people accepted by them. (Reference of routing, 7.6.)
enum class Attente : std::uint8_t {
    AbandonDemande,      // the usager asked to stop
    RelanceSansReponse,  // three reminders at least, and nothing of the usager since the first
    NouveauMessage,      // the last word is the usager's, and no reminder brought it about
    MessageSansReponse,  // he answered a reminder, and was not answered
    SansActivite,        // nothing of partners for kSansActivite, and none of the two before last
    SansAgent,           // accepted by the reader's partners, followed by nobody of theirs; never for others
    MessageApresCloture, // closed, and the usager wrote since what the reader has not read
    ActiviteRecente,     // the last suivi is somebody else's, of the last three months
    SuiviParMoi,         // the reader follows it
    EcritParMoi,         // the reader wrote a suivi in it
};
inline constexpr std::chrono::days kSansActivite{60};

// From an instant on, and before another.
struct Periode {
    std::optional<core::Instant> depuis;
    std::optional<core::Instant> avant;
};

struct Emprise {
    double ouest = 0;
    double sud = 0;
    double est = 0;
    double nord = 0;
};

// A zone counts for the dossiers of its own territoire.
struct SurfaceDeZone {
    std::string territoire;
    Surface surface;
};

// Every condition given must hold. An empty list is no condition; "one of" a list that is there and empty is never true.
// (Reference of routing, 7.7, with the decisions of its section 9: filters intersect.)
struct Recherche {
    std::optional<std::string> territoire;
    std::optional<std::string> reference;
    std::optional<std::string> codePostalCherche;
    std::optional<std::string> mots;  // tsquery of requeteDeMots; empty text: nothing can be found
    std::optional<StatutCherche> statut;
    std::vector<std::string> communes;       // folded names
    std::vector<std::string> codesPostaux;   // either a name or a postcode must match
    std::optional<std::vector<std::string>> codesInsee;  // of the EPCI
    std::optional<std::vector<SurfaceDeZone>> surfaces;  // inside one of them
    Periode depot;
    Periode dernierSuivi;
    std::vector<std::string> partenaires;
    bool aucunPartenaire = false;  // no affectation at all; with `partenaires`, either
    std::optional<std::string> bailleur;
    std::optional<std::string> dernierSuiviPar;  // automatique, usager, partenaire
    std::optional<AffectationCherchee> affectation;
    std::optional<std::string> profil;
    std::optional<std::string> parc;         // public, privee, non_renseigne
    std::optional<std::string> allocataire;  // caf, msa, oui (any of the three), non, non_renseigne
    std::optional<std::string> enfants;      // oui, non, non_renseigne
    std::optional<std::string> procedure;
    std::optional<std::string> motifCloture;
    std::vector<std::string> sources;
    std::vector<Attente> attentes;       // all of them
    std::optional<bool> vacant;          // false: it is not said that nobody lives there
    std::optional<bool> injonction;      // it began as one
    bool bailEnCours = false;
    core::Instant le{};                  // when it is looked for
    bool avecImportes = false;
    std::optional<std::string> memeAdresseQue;  // uuid: the same place, and not that dossier itself
    std::optional<Emprise> emprise;
};

enum class Tri : std::uint8_t { Reference, NomOccupant, DernierSuivi, Commune, Depot };

struct Ordre {
    Tri tri = Tri::Reference;
    bool croissant = false;
};

// The last one of a page: what the next page comes after.
struct Repere {
    std::string cle;          // of the order, as text
    std::string signalement;  // uuid
};

}  // namespace histologe::routing
