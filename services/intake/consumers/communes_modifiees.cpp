#include "services/intake/consumers/communes_modifiees.hpp"

#include "services/intake/store/communes.hpp"

namespace histologe::intake {

streams::Handler onCommunesModifiees(Lieux& lieux) {
    return [&lieux](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<const core::Json*> lots;
        lots.reserve(events.size());
        for (const auto* event : events) lots.push_back(&event->data);
        saveLotsDeCommunes(transaction, lots);
        lieux.noteChange();
    };
}

}  // namespace histologe::intake
