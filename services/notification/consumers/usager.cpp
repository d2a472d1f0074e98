#include "services/notification/consumers/usager.hpp"

#include <iterator>

#include "services/notification/domain/regles_suivi.hpp"
#include "services/notification/store/courriels.hpp"

namespace histologe::notification {
namespace {

template <typename Mails>
streams::Handler each(const core::Clock& clock, Mails mails) {
    return [&clock, mails](postgres::Transaction& transaction, const std::vector<const streams::Event*>& events) {
        std::vector<CourrielACreer> courriels;
        for (const auto* event : events) {
            auto nouveaux = mails(*event);
            courriels.insert(courriels.end(), std::make_move_iterator(nouveaux.begin()),
                             std::make_move_iterator(nouveaux.end()));
        }
        if (!courriels.empty()) ajouterCourriels(transaction, courriels, clock.now());
    };
}

}  // namespace

streams::Handler onTiersInvite(const core::Clock& clock) {
    return each(clock, [](const streams::Event& event) {
        return courrielsDeLInvitation(lireTiersInvite(event.subject, event.data, event.personnel));
    });
}

streams::Handler onCourrielAConfirmer(const core::Clock& clock) {
    return each(clock, [](const streams::Event& event) {
        return courrielsDeLaConfirmation(lireCourrielAConfirmer(event.id, event.subject, event.data, event.personnel));
    });
}

streams::Handler onRecapitulatifPret(const core::Clock& clock) {
    return each(clock, [](const streams::Event& event) {
        return courrielsDuRecapitulatif(lireRecapitulatif(event.subject, event.data, event.personnel));
    });
}

streams::Handler onUsagerActe(const core::Clock& clock) {
    return each(clock, [](const streams::Event& event) {
        return courrielsAuBailleur(lireActe(event.subject, event.data, event.personnel));
    });
}

}  // namespace histologe::notification
