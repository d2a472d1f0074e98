// Notification: tells people what happens to a report.
#include "libs/service/process.hpp"
#include "services/notification/consumers/affectation_creee.hpp"
#include "services/notification/consumers/compte_courriel_demande.hpp"
#include "services/notification/consumers/dossier_statut_modifie.hpp"
#include "services/notification/consumers/lien_demande.hpp"
#include "services/notification/consumers/signalement_depose.hpp"
#include "services/notification/consumers/signalement_modifie.hpp"
#include "services/notification/consumers/suivi_cree.hpp"
#include "services/notification/consumers/usager.hpp"
#include "services/notification/reglages.hpp"

namespace histologe::notification {
std::vector<postgres::Migration> migrations();

namespace {

class ExpeditionWorker final : public service::Worker {
  public:
    ExpeditionWorker(ReglagesExpedition reglages, service::Process& process)
        : expedition_(std::move(reglages), process.outbox(), process.clock(), process.metrics()) {
        process.afterEvents([this] { expedition_.reveiller(); });
    }
    void start() override { expedition_.start(); }
    void stop() override { expedition_.stop(); }

  private:
    Expedition expedition_;
};

void compose(service::Process& process, ReglagesExpedition reglages) {
    reglages.databaseUrl = process.settings().databaseUrl;
    reglages.schema = process.settings().service;
    reglages.presentation.site = process.settings().publicUrl;
    process.subscriptions()
        .on("signalement.depose", onSignalementDepose(process.clock()))
        .on("dossier.statut_modifie", onDossierStatutModifie(process.clock()))
        .on("affectation.creee", onAffectationCreee(process.clock()))
        .on("signalement.modifie", onSignalementModifie(process.clock()))
        .on("usager.tiers_invite", onTiersInvite(process.clock()))
        .on("usager.courriel_a_confirmer", onCourrielAConfirmer(process.clock()))
        .on("secours.recapitulatif_pret", onRecapitulatifPret(process.clock()))
        .on("usager.acte", onUsagerActe(process.clock()))
        .on("suivi.cree", onSuiviCree(process.clock()))
        .on("usager.lien_demande", onLienDemande(process.clock()))
        .on("brouillon.lien_demande", onLienDemande(process.clock()))
        .on("compte.courriel_demande", onCompteCourrielDemande(process.clock()));
    process.add(std::make_unique<ExpeditionWorker>(std::move(reglages), process));
}

}  // namespace
}  // namespace histologe::notification

int main(int argc, char** argv) {
    using namespace histologe;
    return service::run(argc, argv,
                        {"notification", notification::migrations(), [](core::Config& config) {
                             return [reglages = notification::lireReglages(config)](service::Process& process) {
                                 notification::compose(process, reglages);
                             };
                         }});
}
