// Intake: drafts, signalements as declared, their files; where a usager's report begins.
#include "libs/core/files.hpp"
#include "libs/files/object_store.hpp"
#include "libs/files/signed_link.hpp"
#include "libs/service/process.hpp"
#include "services/intake/consumers/adresse_a_chercher.hpp"
#include "services/intake/consumers/affectation_creee.hpp"
#include "services/intake/consumers/communes_modifiees.hpp"
#include "services/intake/consumers/dossier_statut_modifie.hpp"
#include "services/intake/consumers/suivi_cree.hpp"
#include "services/intake/consumers/territoire_modifie.hpp"
#include "services/intake/http/acces_personnes.hpp"
#include "services/intake/http/agents.hpp"
#include "services/intake/http/batiments.hpp"
#include "services/intake/http/brouillons.hpp"
#include "services/intake/http/espace_bailleur.hpp"
#include "services/intake/http/espace_usager.hpp"
#include "services/intake/http/fichiers.hpp"
#include "services/intake/http/invitations.hpp"
#include "services/intake/http/liens.hpp"
#include "services/intake/http/lieux_des_signalements.hpp"
#include "services/intake/http/questionnaire.hpp"
#include "services/intake/http/territoires.hpp"
#include "services/intake/http/upload_server.hpp"
#include "services/intake/jobs/brouillons.hpp"
#include "services/intake/jobs/examens.hpp"
#include "services/intake/jobs/localisations.hpp"
#include "services/intake/jobs/recapitulatifs.hpp"
#include "services/intake/reglages_acces.hpp"
#include "services/intake/reglages_fichiers.hpp"

namespace histologe::intake {
std::vector<postgres::Migration> migrations();
}

// More would not be faster on the few cores of a node, and each holds a session of the pool while it commits.
constexpr std::size_t kLanes = 2;

int main(int argc, char** argv) {
    using namespace histologe;
    return service::run(argc, argv, {"intake", intake::migrations(), [](core::Config& config) {
        const auto uploadPort = static_cast<std::uint16_t>(
            config.integer("HISTOLOGE_INTAKE_UPLOAD_PORT", "private port of the uploads", {}, 0, 65535));
        const auto fichiers = intake::lireReglagesFichiers(config);
        const auto acces = intake::lireReglagesAcces(config);
        const auto backlogMost = config.integer("HISTOLOGE_INTAKE_BACKLOG", "events that may be still to apply elsewhere "
                                                "before submissions are slowed down", 4000, 1, 100000000);
        const auto geocodage = intake::lireReglagesGeocodage(config);
        intake::LimitesBrouillons limites;
        limites.enregistrementsParMinute = static_cast<std::uint32_t>(config.integer(
            "HISTOLOGE_INTAKE_DRAFT_SAVES", "saves of one draft in a minute", limites.enregistrementsParMinute, 1, 1000000000));
        limites.brouillonsParHeure = static_cast<std::uint32_t>(config.integer(
            "HISTOLOGE_INTAKE_DRAFTS_PER_ADDRESS", "drafts begun from one address in an hour", limites.brouillonsParHeure, 1,
            1000000000));
        return [=](service::Process& process) {
            const auto& settings = process.settings();
            auto& lieux = process.keep(std::make_unique<intake::Lieux>(
                process.pool(), domain::Communes::fromCsv(core::readFile(settings.dataDir + "/communes.csv"))));
            const auto& catalogue =
                process.keep(std::make_unique<desordres::Catalogue>(desordres::loadShippedCatalogue()));
            auto& store = *process.keep(std::make_unique<std::unique_ptr<files::ObjectStore>>(fichiers.ouvrir()));
            const auto& signer = process.keep(std::make_unique<files::LinkSigner>(fichiers.secretsDesLiens));
            const auto& examinateur = process.keep(std::make_unique<intake::Examinateur>(
                store, fichiers.antivirus, files::ImageProgram(fichiers.programmeImages), fichiers.atelier));
            intake::ReglagesExamens reglages;
            reglages.databaseUrl = settings.databaseUrl;
            reglages.fils = fichiers.fils;
            auto examens = std::make_unique<intake::Examens>(reglages, examinateur, store, process.outbox(),
                                                             process.clock(), process.metrics());
            auto& reveil = *examens;
            process.add(std::move(examens));
            // Submissions of a territory draw from one counter, so they go one batch after the other.
            auto& depots = process.keep(std::make_unique<intake::DepotWriter>(
                process.pool(),
                [&outbox = process.outbox()](auto& transaction, const auto& batch) {
                    return intake::writeDepots(transaction, outbox, batch);
                },
                kLanes, 128));
            auto& brouillons = process.keep(
                std::make_unique<intake::BrouillonWriter>(process.pool(), intake::saveBrouillons, kLanes, 128));
            process.subscriptions()
                .on("annuaire.territoire_modifie", intake::onTerritoireModifie(lieux))
                .on("annuaire.communes_modifiees", intake::onCommunesModifiees(lieux))
                .on("dossier.statut_modifie", intake::onDossierStatutModifie())
                // Of one instant, the affectation that is given again counts.
                .on("affectation.retiree", intake::onAffectationRetiree())
                .on("affectation.creee", intake::onAffectationCreee())
                .on("affectation.modifiee", intake::onAffectationModifiee())
                .on("suivi.cree", intake::onSuiviCree())
                .on("suivi.supprime", intake::onSuiviSupprime());
            if (geocodage.actif()) {
                auto& geocodeur = process.keep(std::make_unique<intake::Geocodeur>(geocodage, process.clock()));
                process.subscriptions()
                    .on("signalement.depose", intake::onAdresseAChercher(process.clock()))
                    .on("signalement.modifie", intake::onAdresseAChercher(process.clock()));
                // On a thread of its own: registers that are slow hold up nothing else.
                process.add(std::make_unique<intake::Travaux>(
                    intake::travauxDeLocalisation(process.pool(), process.outbox(), geocodeur, geocodage, lieux,
                                                  process.metrics()),
                    process.clock(), process.metrics()));
            }
            process.afterEvents([&lieux] { lieux.refreshIfChanged(); });
            process.add(std::make_unique<intake::UploadServer>(
                intake::UploadContext{store, process.pool(), process.clock(), fichiers.parHeure,
                                      [&reveil] { reveil.reveiller(); }},
                intake::UploadServerSettings{.host = settings.host, .port = uploadPort, .frontOrigins = settings.frontOrigins}));
            const auto& espace = process.keep(std::make_unique<intake::EspaceContext>(intake::EspaceContext{
                process.pool(), process.outbox(), process.clock(), catalogue, lieux}));
            const auto& signataire = process.keep(std::make_unique<intake::Signataire>(intake::Signataire{
                acces.cle(), {settings.authIssuer, settings.authAudience}}));
            intake::bindAcces(process.router(), espace, signataire, acces.limites);
            intake::bindEspaceUsager(process.router(), espace);
            intake::bindGestesUsager(process.router(), espace);
            intake::bindSectionsUsager(process.router(), espace);
            intake::bindInvitations(process.router(), espace);
            intake::bindEspaceBailleur(process.router(), espace);
            intake::bindFichiers(process.router(), {process.pool(), store, signer, process.clock(), espace});
            intake::bindTerritoires(process.router(), lieux);
            intake::bindQuestionnaire(process.router(), settings.dataDir + "/questionnaire");
            intake::bindBrouillons(process.router(), {process.pool(), depots, brouillons, process.outbox(), process.backlog(),
                                                      backlogMost, process.clock(), catalogue, lieux,
                                                      settings.publicUrl, limites});
            const intake::AgentsContext agents{process.pool(), process.outbox(), process.clock(), catalogue, lieux};
            intake::bindFiches(process.router(), agents);
            intake::bindInvitationsDesAgents(process.router(), agents);
            intake::bindLieuxDesSignalements(process.router(), agents);
            intake::bindSaisies(process.router(), agents);
            intake::bindBatiments(process.router(), agents, espace);
            intake::bindSecours(process.router(), agents, store);
            intake::bindLiens(process.router(), process.pool(), process.outbox(), process.clock(), lieux);
            // On a thread of its own: making a PDF takes seconds.
            process.add(std::make_unique<intake::Travaux>(
                intake::travauxDesRecapitulatifs(process.pool(), process.outbox(), catalogue, lieux, store,
                                                 files::PdfProgram(fichiers.programmePdf, fichiers.atelier)),
                process.clock(), process.metrics()));
            process.add(std::make_unique<intake::Travaux>(
                intake::travauxDesBrouillons(process.pool(), process.outbox()), process.clock(), process.metrics()));
        };
    }});
}
