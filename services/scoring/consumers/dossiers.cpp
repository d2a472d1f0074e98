#include "services/scoring/consumers/dossiers.hpp"

#include "services/scoring/store/dossiers_vus.hpp"

namespace histologe::scoring {
namespace {

using Events = std::vector<const streams::Event*>;

void onDossierCree(postgres::Transaction& transaction, const Events& events) {
    std::vector<VueDossier> vues;
    for (const auto* event : events) {
        vues.push_back({event->subject, event->data.at("territoire").get<std::string>(),
                        event->data.at("statut").get<std::string>(), event->time, std::nullopt});
    }
    saveVues(transaction, vues);
}

void onStatutModifie(postgres::Transaction& transaction, const Events& events) {
    std::vector<VueDossier> vues;
    for (const auto* event : events) {
        vues.push_back({event->subject, event->data.at("territoire").get<std::string>(),
                        event->data.at("nouveau").get<std::string>(), event->time, std::nullopt});
    }
    saveVues(transaction, vues);
}

void onAffectationCreee(postgres::Transaction& transaction, const Events& events) {
    std::vector<VueDossier> vues;
    for (const auto* event : events) {
        vues.push_back({event->subject, event->data.at("territoire").get<std::string>(), std::nullopt, event->time,
                        event->data.at("partenaire").at("id").get<std::string>()});
    }
    saveVues(transaction, vues);
}

}  // namespace

void subscribeToDossiers(streams::Subscriptions& subscriptions) {
    subscriptions.on("dossier.cree", onDossierCree)
        .on("dossier.statut_modifie", onStatutModifie)
        .on("affectation.creee", onAffectationCreee);
}

}  // namespace histologe::scoring
