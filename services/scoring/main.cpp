// Scoring: how serious each report is, and what it may legally be.
#include "libs/domain/desordres/catalogues.hpp"
#include "libs/service/process.hpp"
#include "services/scoring/consumers/dossiers.hpp"
#include "services/scoring/consumers/signalement_depose.hpp"
#include "services/scoring/consumers/signalement_modifie.hpp"
#include "services/scoring/consumers/visite_conclue.hpp"
#include "services/scoring/http/catalogue.hpp"
#include "services/scoring/http/recalculs.hpp"
#include "services/scoring/http/scores.hpp"
#include "services/scoring/http/simulations.hpp"

namespace histologe::scoring {
std::vector<postgres::Migration> migrations();
}

int main(int argc, char** argv) {
    using namespace histologe;
    return service::run(
        argc, argv,
        {"scoring", scoring::migrations(), [](core::Config& config) {
             const auto shipped = std::make_shared<const desordres::Catalogues>(desordres::Catalogues::shipped());
             const auto version =
                 config.choice("HISTOLOGE_SCORING_CATALOGUE", "version of the catalogue that reports are scored with",
                               shipped->versions().front(), shipped->versions());
             return [version, shipped](service::Process& process) {
                 const auto& catalogues =
                     *process.keep(std::make_unique<std::shared_ptr<const desordres::Catalogues>>(shipped));
                 const auto& catalogue = *catalogues.find(version);
                 process.subscriptions().on("signalement.depose",
                                            scoring::onSignalementDepose(catalogue, process.outbox(), process.clock()));
                 process.subscriptions().on("signalement.modifie", scoring::onSignalementModifie(
                                                                       catalogue, process.outbox(), process.clock()));
                 process.subscriptions().on("visite.conclue",
                                            scoring::onVisiteConclue(catalogue, process.outbox(), process.clock()));
                 scoring::subscribeToDossiers(process.subscriptions());
                 scoring::bindCatalogue(process.router(), catalogue);
                 scoring::bindScores(process.router(), process.pool(), catalogues, process.clock());
                 scoring::bindRecalculs(process.router(), catalogue, process.pool(), process.outbox(), process.clock());
                 scoring::bindSimulations(process.router(), catalogue);
             };
         }});
}
