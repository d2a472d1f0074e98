// Routing: the directory, and which partners each dossier goes to.
#include "libs/service/process.hpp"
#include "services/routing/annuaire_courant.hpp"
#include "services/routing/consumers/gestes_agents.hpp"
#include "services/routing/consumers/signalement_depose.hpp"
#include "services/routing/consumers/signalement_evalue.hpp"
#include "services/routing/consumers/signalement_localise.hpp"
#include "services/routing/consumers/signalement_modifie.hpp"
#include "services/routing/consumers/usager_acte.hpp"
#include "services/routing/http/annuaire.hpp"
#include "services/routing/http/bailleurs.hpp"
#include "services/routing/http/dossiers.hpp"
#include "services/routing/http/recherches.hpp"
#include "services/routing/http/suivis.hpp"
#include "services/routing/http/tableau_de_bord.hpp"
#include "services/routing/http/territoires.hpp"
#include "services/routing/http/vie.hpp"
#include "services/routing/jobs/suivis.hpp"
#include "services/routing/reglages_comptes.hpp"

namespace histologe::routing {
std::vector<postgres::Migration> migrations();
}

int main(int argc, char** argv) {
    using namespace histologe;
    return service::run(argc, argv, {"routing", routing::migrations(), [](core::Config& config) {
        return [comptes = routing::lireReglagesComptes(config)](service::Process& process) {
            auto& annuaire = process.keep(std::make_unique<routing::AnnuaireCourant>(process.pool()));
            auto& orienteur =
                process.keep(std::make_unique<routing::Orienteur>(annuaire, process.outbox(), process.clock()));
            process.subscriptions()
                .on("signalement.depose", routing::onSignalementDepose(annuaire, process.outbox(), orienteur))
                .on("signalement.modifie", routing::onSignalementModifie(annuaire))
                .on("signalement.evalue", routing::onSignalementEvalue(orienteur))
                .on("signalement.localise", routing::onSignalementLocalise(orienteur))
                .on("usager.tiers_invite", routing::onTiersInvite(process.outbox(), annuaire))
                .on("fichier.supprime", routing::onFichierSupprime(process.outbox(), annuaire))
                .on("usager.acte", routing::onUsagerActe(process.outbox(), annuaire, orienteur));
            routing::bindDossiers(process.router(), process.pool(), annuaire, process.clock());
            routing::bindRecherches(process.router(), process.pool(), annuaire, process.clock());
            routing::bindTableauDeBord(process.router(), process.pool(), annuaire, process.clock());
            const routing::VieContext vie{process.pool(), process.outbox(), annuaire, process.clock()};
            routing::bindVie(process.router(), vie);
            routing::bindSuivis(process.router(), vie);
            process.add(std::make_unique<service::Travaux>("routing", routing::travauxDesSuivis(process.pool(), process.outbox(), annuaire),
                                                           process.clock(), process.metrics()));
            routing::bindTerritoires(process.router(), annuaire);
            routing::bindBailleurs(process.router(), annuaire);
            const auto& vieDesComptes = routing::composerComptes(process, comptes);
            const routing::ContexteAnnuaire fiches{process.pool(), annuaire, vieDesComptes};
            routing::bindPartenaires(process.router(), fiches);
            routing::bindInterconnexions(process.router(), fiches);
            routing::bindZones(process.router(), fiches);
            routing::bindRegles(process.router(), fiches);
            routing::bindSimulations(process.router(), fiches);
            routing::bindFichesBailleurs(process.router(), fiches);
            routing::bindEtiquettes(process.router(), fiches);
            routing::bindCommunes(process.router(), fiches, process.settings().dataDir);
        };
    }});
}
