#include "services/intake/consumers/dossier_statut_modifie.hpp"

#include "services/intake/store/depots.hpp"

namespace histologe::intake {

streams::Handler onDossierStatutModifie() {
    return [](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<StatutDossier> statuts;
        for (const auto* event : events) {
            statuts.push_back({event->subject, event->data.at("nouveau").get<std::string>(), event->time});
        }
        saveStatuts(transaction, statuts);
    };
}

}  // namespace histologe::intake
