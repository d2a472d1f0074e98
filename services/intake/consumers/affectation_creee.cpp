#include "services/intake/consumers/affectation_creee.hpp"

#include "services/intake/store/fiches.hpp"

namespace histologe::intake {

streams::Handler onAffectationCreee() {
    return [](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<AffectationDite> affectations;
        for (const auto* event : events) {
            affectations.push_back({event->subject, event->data.at("partenaire").at("id").get<std::string>(),
                                    event->data.at("statut").get<std::string>()});
        }
        saveAffectations(transaction, affectations);
    };
}

}  // namespace histologe::intake
