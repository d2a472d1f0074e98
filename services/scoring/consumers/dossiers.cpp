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

void onAffectationCreee(postgres::Transaction& transaction, const Events& events) {
    std::vector<PartenaireDit> partenaires;
    for (const auto* event : events) {
        partenaires.push_back({event->subject, event->data.at("partenaire").at("id").get<std::string>()});
    }
    savePartenaires(transaction, partenaires);
}

}  // namespace

void subscribeToDossiers(streams::Subscriptions& subscriptions) {
    subscriptions.on("dossier.cree", onStatut("statut"))
        .on("dossier.statut_modifie", onStatut("nouveau"))
        .on("affectation.creee", onAffectationCreee);
}

}  // namespace histologe::scoring
