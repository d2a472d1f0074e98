#include "services/intake/consumers/territoire_modifie.hpp"

#include "services/intake/store/territoires.hpp"

namespace histologe::intake {

streams::Handler onTerritoireModifie() {
    return [](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<const core::Json*> contenus;
        contenus.reserve(events.size());
        for (const auto* event : events) contenus.push_back(&event->data);
        saveTerritoires(transaction, contenus);
    };
}

}  // namespace histologe::intake
