// What agents write in a dossier, and who follows it. (Reference of routing, 1.6, 4; of notification, 6.)
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/routing/store/suivis.hpp"
#include "services/routing/vie_acte.hpp"

namespace histologe::routing {

// So long an agent may change or take back what he wrote; it is told of afterwards.
inline constexpr std::chrono::minutes kDelaiDeModification{20};
// The same words again within this time are the same suivi (user demand D-73).
inline constexpr std::chrono::seconds kMemeSuivi{10};

struct SuiviDemande {
    std::string texte;  // HTML of texte_riche
    bool visibleUsager = false;
    bool visibleBailleur = false;
    std::vector<std::string> fichiers;
};

// Writes one, held. Throws core::Error: Forbidden `action_interdite`; Conflict `suivi_impossible` when the status of the
// dossier takes none; InvalidInput. `neuf` is false when it was there already.
SuiviLu ecrireUnSuivi(Acte& acte, const SuiviDemande& demande, bool& neuf);

// What may be done with a suivi now.
bool modifiable(const SuiviLu& suivi, const auth::Principal& qui, core::Instant maintenant);
bool supprimable(const SuiviLu& suivi, const auth::Principal& qui, core::Instant maintenant);

// Both throw Forbidden `suivi_non_modifiable`.
void modifierUnSuivi(Acte& acte, SuiviLu& suivi, const SuiviDemande& demande);
// Its author takes it back: it was never there. An administrator erases any: what was told of leaves a line without words.
void supprimerUnSuivi(Acte& acte, const SuiviLu& suivi);

// Tells of what is no longer held; returns how much.
int direSuivisEchus(postgres::Transaction& transaction, const streams::Outbox& outbox, const AnnuaireCharge& charge,
                    core::Instant maintenant, int limite);

// Follows, or leaves: whoever is the last of a partner that has the dossier names who follows in his place; alone, he cannot
// leave. Throws Conflict (`abonnement_impossible`, `dernier_abonne`), InvalidInput.
void sAbonner(Acte& acte);
void seDesabonner(Acte& acte, const std::vector<std::string>& remplacants);

}  // namespace histologe::routing
