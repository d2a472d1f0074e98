#include "services/scoring/consumers/signalement_modifie.hpp"

#include <map>

#include "services/scoring/reevaluation.hpp"

namespace histologe::scoring {

streams::Handler onSignalementModifie(const desordres::Catalogue& catalogue, const streams::Outbox& outbox,
                                      const core::Clock& clock) {
    return [&](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::map<std::string, const streams::Event*> last;
        for (const auto* event : events) {
            auto& kept = last[event->subject];
            if (kept == nullptr || kept->time <= event->time) kept = event;
        }
        std::vector<DemandeReevaluation> demandes;
        for (const auto& [signalement, event] : last) {
            demandes.push_back({signalement, event->data.at("reponses"), event->time});
        }
        reevaluer(transaction, catalogue, outbox, clock.now(), "signalement.modifie", demandes);
    };
}

}  // namespace histologe::scoring
