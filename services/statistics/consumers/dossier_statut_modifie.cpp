#include "services/statistics/consumers/consumers.hpp"
#include "services/statistics/consumers/lecture.hpp"
#include "services/statistics/store/dossiers.hpp"

namespace histologe::statistics {
namespace {

ChangementStatut lire(const streams::Event& event) {
    ChangementStatut changement;
    changement.signalement = signalementDe(event);
    changement.statut = texte(event, "nouveau");
    changement.ditLe = event.time;
    // A dossier that is open again has neither date nor motif of closing.
    if (changement.statut == "CLOSED") {
        changement.closLe = instant(event, "le");
        changement.motifCloture = texteOuRien(event, "motifCloture");
    }
    return changement;
}

}  // namespace

void onDossierStatutModifie(postgres::Transaction& transaction, const Events& events) {
    saveChangementsStatut(transaction, derniers(events, &ChangementStatut::signalement, lire));
}

}  // namespace histologe::statistics
