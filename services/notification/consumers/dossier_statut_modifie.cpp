#include "services/notification/consumers/dossier_statut_modifie.hpp"

#include <iterator>

#include "services/notification/domain/regles.hpp"
#include "services/notification/store/courriels.hpp"
#include "services/notification/store/dossiers_usagers.hpp"

namespace histologe::notification {

streams::Handler onDossierStatutModifie(const core::Clock& clock) {
    return [&clock](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<std::string> valides;
        for (const auto* event : events)
            if (estValidation(lireStatut(event->subject, event->data))) valides.push_back(event->subject);
        if (valides.empty()) return;
        const core::Instant now = clock.now();
        std::vector<CourrielACreer> courriels;
        for (const DossierUsagers& dossier : validerDossiers(transaction, valides, now)) {
            auto nouveaux = courrielsDeLaValidation(dossier);
            courriels.insert(courriels.end(), std::make_move_iterator(nouveaux.begin()),
                             std::make_move_iterator(nouveaux.end()));
        }
        ajouterCourriels(transaction, courriels, now);
    };
}

}  // namespace histologe::notification
