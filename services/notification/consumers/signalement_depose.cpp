#include "services/notification/consumers/signalement_depose.hpp"

#include <iterator>

#include "services/notification/domain/regles.hpp"
#include "services/notification/store/courriels.hpp"
#include "services/notification/store/dossiers_usagers.hpp"

namespace histologe::notification {

streams::Handler onSignalementDepose(const core::Clock& clock) {
    return [&clock](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<DossierUsagers> dossiers;
        std::vector<CourrielACreer> courriels;
        const auto ajoute = [&](std::vector<CourrielACreer> nouveaux) {
            courriels.insert(courriels.end(), std::make_move_iterator(nouveaux.begin()),
                             std::make_move_iterator(nouveaux.end()));
        };
        for (const auto* event : events) {
            dossiers.push_back(lireDepot(event->subject, event->data, event->personnel));
            // A dossier of long ago: nobody waits for an acknowledgement.
            if (event->data.value("importe", false)) continue;
            ajoute(courrielsDuDepot(dossiers.back()));
            ajoute(courrielsDeLInjonction(dossiers.back(), lireInjonction(event->data, event->personnel)));
        }
        const core::Instant now = clock.now();
        for (const DossierUsagers& dossier : garderDossiers(transaction, dossiers, now))
            ajoute(courrielsDeLaValidation(dossier));
        ajouterCourriels(transaction, courriels, now);
    };
}

}  // namespace histologe::notification
