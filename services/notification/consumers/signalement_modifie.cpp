#include "services/notification/consumers/signalement_modifie.hpp"

#include "services/notification/store/dossiers_usagers.hpp"

namespace histologe::notification {

streams::Handler onSignalementModifie(const core::Clock& clock) {
    return [&clock](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<DossierUsagers> dossiers;
        for (const auto* event : events) dossiers.push_back(lireDepot(event->subject, event->data, event->personnel));
        corrigerDossiers(transaction, dossiers, clock.now());
    };
}

}  // namespace histologe::notification
