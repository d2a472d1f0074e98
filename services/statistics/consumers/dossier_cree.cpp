#include "services/statistics/consumers/consumers.hpp"
#include "services/statistics/consumers/lecture.hpp"
#include "services/statistics/store/dossiers.hpp"

namespace histologe::statistics {
namespace {

Ouverture lire(const streams::Event& event) {
    return {signalementDe(event), texteOuRien(event, "territoire"), texte(event, "statut"), event.time};
}

}  // namespace

void onDossierCree(postgres::Transaction& transaction, const Events& events) {
    saveOuvertures(transaction, derniers(events, &Ouverture::signalement, lire));
}

}  // namespace histologe::statistics
