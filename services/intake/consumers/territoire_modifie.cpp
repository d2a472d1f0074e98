#include "services/intake/consumers/territoire_modifie.hpp"

#include "services/intake/store/territoires.hpp"

namespace histologe::intake {

streams::Handler onTerritoireModifie(Lieux& lieux) {
    return [&lieux](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<const core::Json*> contenus;
        contenus.reserve(events.size());
        for (const auto* event : events) contenus.push_back(&event->data);
        saveTerritoires(transaction, contenus);
        lieux.noteChange();
    };
}

}  // namespace histologe::intake
