#include "services/notification/consumers/compte_courriel_demande.hpp"

#include <iterator>

#include "services/notification/domain/regles.hpp"
#include "services/notification/store/courriels.hpp"

namespace histologe::notification {

streams::Handler onCompteCourrielDemande(const core::Clock& clock) {
    return [&clock](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<CourrielACreer> courriels;
        for (const auto* event : events) {
            auto nouveaux =
                courrielsDuCompte(lireCourrielDeCompte(event->id, event->subject, event->data, event->personnel));
            courriels.insert(courriels.end(), std::make_move_iterator(nouveaux.begin()),
                             std::make_move_iterator(nouveaux.end()));
        }
        ajouterCourriels(transaction, courriels, clock.now());
    };
}

}  // namespace histologe::notification
