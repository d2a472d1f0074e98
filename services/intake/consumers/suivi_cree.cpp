#include "services/intake/consumers/suivi_cree.hpp"

#include "services/intake/store/actes.hpp"

namespace histologe::intake {

streams::Handler onSuiviCree() {
    return [](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<SuiviVisible> suivis;
        for (const auto* event : events) {
            const auto& data = event->data;
            if (!data.value("visibleUsager", false)) continue;
            suivis.push_back({data.at("suiviId").get<std::string>(), event->subject,
                              data.at("categorie").get<std::string>(), data.value("auteur", "systeme"),
                              event->personnel.value("texte", ""), event->time});
        }
        if (!suivis.empty()) saveSuivisVisibles(transaction, suivis);
    };
}

streams::Handler onSuiviSupprime() {
    return [](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<std::string> ids;
        for (const auto* event : events) ids.push_back(event->data.at("suiviId").get<std::string>());
        deleteSuivisVisibles(transaction, ids);
    };
}

}  // namespace histologe::intake
