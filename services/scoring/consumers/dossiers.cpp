#include "services/scoring/consumers/dossiers.hpp"

#include "services/scoring/store/dossiers.hpp"

namespace histologe::scoring {
namespace {

using Events = std::vector<const streams::Event*>;

// `champ` is the member that names the status.
streams::Handler onStatut(const char* champ) {
    return [champ](postgres::Transaction& transaction, const Events& events) {
        std::vector<StatutDit> statuts;
        for (const auto* event : events) {
            statuts.push_back({event->subject, event->data.at("territoire").get<std::string>(),
                               event->data.at(champ).get<std::string>(), event->time});
        }
        saveStatuts(transaction, statuts);
    };
}

streams::Handler onAffectation(bool retiree) {
    return [retiree](postgres::Transaction& transaction, const Events& events) {
        std::vector<PartenaireDit> partenaires;
        for (const auto* event : events) {
            partenaires.push_back({event->subject, event->data.at("partenaire").at("id").get<std::string>(), retiree, event->time});
        }
        savePartenaires(transaction, partenaires);
    };
}

}  // namespace

void subscribeToDossiers(streams::Subscriptions& subscriptions) {
    subscriptions.on("dossier.cree", onStatut("statut"))
        .on("dossier.statut_modifie", onStatut("nouveau"))
        // Of one instant, the affectation that is given again counts.
        .on("affectation.retiree", onAffectation(true))
        .on("affectation.creee", onAffectation(false));
}

}  // namespace histologe::scoring
