#include "services/notification/consumers/suivi_cree.hpp"

#include <iterator>

#include "services/notification/domain/regles_suivi.hpp"
#include "services/notification/store/courriels.hpp"
#include "services/notification/store/dossiers_usagers.hpp"

namespace histologe::notification {

streams::Handler onSuiviCree(const core::Clock& clock) {
    return [&clock](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<SuiviCree> suivis;
        std::vector<std::string> signalements;
        std::vector<CourrielACreer> courriels;
        const auto ajoute = [&](std::vector<CourrielACreer> nouveaux) {
            courriels.insert(courriels.end(), std::make_move_iterator(nouveaux.begin()),
                             std::make_move_iterator(nouveaux.end()));
        };
        for (const auto* event : events) {
            suivis.push_back(lireSuivi(event->subject, core::toRfc3339(event->time), event->data, event->personnel));
            ajoute(courrielsAuxPartenaires(suivis.back()));
            if (interesseUsagers(suivis.back())) signalements.push_back(event->subject);
        }
        if (!signalements.empty()) {
            const auto dossiers = trouverDossiers(transaction, signalements);
            for (const SuiviCree& suivi : suivis)
                if (const auto dossier = dossiers.find(suivi.signalementId); dossier != dossiers.end())
                    ajoute(courrielsAuxUsagers(suivi, dossier->second));
        }
        if (!courriels.empty()) ajouterCourriels(transaction, courriels, clock.now());
    };
}

}  // namespace histologe::notification
