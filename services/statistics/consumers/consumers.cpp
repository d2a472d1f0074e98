#include "services/statistics/consumers/consumers.hpp"

namespace histologe::statistics {

void subscribe(streams::Subscriptions& subscriptions, const desordres::Catalogue& catalogue) {
    // Territories first: their zone decides the months of dossiers, and the lock that a change of zone takes alone must
    // not be asked for by a transaction that shares it already.
    subscriptions.on("annuaire.territoire_modifie", onTerritoireModifie)
        .on("signalement.depose", onSignalementDepose)
        .on("signalement.modifie", onSignalementModifie)
        .on("signalement.localise", onSignalementLocalise)
        .on("signalement.evalue",
            [&catalogue](postgres::Transaction& transaction, const Events& events) {
                onSignalementEvalue(transaction, events, catalogue);
            })
        .on("dossier.cree", onDossierCree)
        .on("dossier.statut_modifie", onDossierStatutModifie)
        .on("affectation.creee", onAffectationCreee)
        .on("affectation.modifiee", onAffectationModifiee)
        .on("affectation.retiree", onAffectationRetiree);
}

}  // namespace histologe::statistics
