#include "services/intake/consumers/adresse_a_chercher.hpp"

#include "services/intake/store/localisations.hpp"

namespace histologe::intake {

streams::Handler onAdresseAChercher(const core::Clock& clock) {
    return [&clock](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<std::string> signalements;
        signalements.reserve(events.size());
        for (const auto* event : events) signalements.push_back(event->subject);
        demanderLocalisations(transaction, signalements, clock.now());
    };
}

}  // namespace histologe::intake
