#include "services/intake/jobs/recapitulatifs.hpp"

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "libs/core/zone.hpp"
#include "services/intake/domain/localisation.hpp"
#include "services/intake/domain/recapitulatif.hpp"
#include "services/intake/store/recapitulatifs.hpp"

namespace histologe::intake {
namespace {

using namespace std::chrono_literals;

constexpr auto kBail = 3min;

// `2026-11-25T14:30:00+01:00` -> 25/11/2026 à 14:30.
std::string jourEtHeure(const std::string& local) {
    return local.substr(8, 2) + "/" + local.substr(5, 2) + "/" + local.substr(0, 4) + " à " + local.substr(11, 5);
}

class Recapitulatifs {
  public:
    Recapitulatifs(postgres::Pool& pool, const streams::Outbox& outbox, const desordres::Catalogue& catalogue,
                   Lieux& lieux, files::ObjectStore& store, files::PdfProgram programme)
        : pool_(pool),
          outbox_(outbox),
          catalogue_(catalogue),
          lieux_(lieux),
          store_(store),
          programme_(std::move(programme)) {}

    int passe(core::Instant now) const {
        const auto due = baillerRecapitulatif(*pool_.acquire(), core::randomHex(16), now, now + kBail);
        if (!due) return 0;
        try {
            faire(*due, now);
        } catch (const std::exception& failure) {
            const auto* known = dynamic_cast<const core::Error*>(&failure);
            core::log::warning("summary_not_made", {{"signalement", due->signalement},
                                                    {"code", known != nullptr ? known->code() : "stockage"},
                                                    {"tries", static_cast<long long>(due->essais + 1)}});
            rendreRecapitulatif(*pool_.acquire(), *due, now + delaiDeRecherche(due->essais + 1, 0.5));
        }
        return 1;
    }

  private:
    const domain::Territoire* territoireDe(const domain::Territoires& table, const std::string& code) const {
        const auto parsed = domain::CodeTerritoire::parse(code);
        return parsed ? table.find(*parsed) : nullptr;
    }

    void faire(const RecapitulatifAFaire& due, core::Instant now) const {
        const auto table = lieux_.territoires();
        const auto* territoire = territoireDe(*table, due.territoire);
        const auto zone = core::Zone::findOrParis(territoire != nullptr ? territoire->fuseau : "");
        const auto pdf = programme_.make(recapitulatifHtml(
            catalogue_, {due.reference, due.service.nom, jourEtHeure(zone.toLocalRfc3339(due.deposeLe)), due.contenu,
                         due.reponses, due.fichiers}));
        const auto cle = "recapitulatifs/" + due.signalement + ".pdf";
        const auto upload = store_.begin(cle);
        upload->write(pdf);
        upload->commit();
        auto session = pool_.acquire();
        postgres::Transaction transaction(*session);
        if (!noterRecapitulatif(transaction, due, cle, now)) return;
        outbox_.add(transaction,
                    outbox_.make("secours.recapitulatif_pret", due.signalement,
                                 {{"reference", due.reference},
                                  {"territoire", due.territoire},
                                  {"territoireNom", territoire != nullptr ? territoire->nom : ""}},
                                 {{"courriel", due.service.courriel},
                                  {"service", due.service.nom},
                                  {"chemin", due.service.slug + "/" + due.service.uuid + "/signalements/" +
                                                 due.signalement + "/recapitulatif"}}));
        transaction.commit();
        outbox_.announce();
    }

    postgres::Pool& pool_;
    const streams::Outbox& outbox_;
    const desordres::Catalogue& catalogue_;
    Lieux& lieux_;
    files::ObjectStore& store_;
    const files::PdfProgram programme_;
};

}  // namespace

std::vector<Travail> travauxDesRecapitulatifs(postgres::Pool& pool, const streams::Outbox& outbox,
                                              const desordres::Catalogue& catalogue, Lieux& lieux,
                                              files::ObjectStore& store, files::PdfProgram programme) {
    const auto recapitulatifs =
        std::make_shared<const Recapitulatifs>(pool, outbox, catalogue, lieux, store, std::move(programme));
    return {{"recapitulatifs", 500ms, [recapitulatifs](core::Instant now) { return recapitulatifs->passe(now); }}};
}

}  // namespace histologe::intake
