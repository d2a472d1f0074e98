#include "services/intake/jobs/localisations.hpp"

#include <memory>
#include <random>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "services/intake/domain/localisation_dite.hpp"
#include "services/intake/store/localisations.hpp"

namespace histologe::intake {
namespace {

using namespace std::chrono_literals;

constexpr char kMetric[] = "histologe_intake_localisations_total";
constexpr char kHelp[] = "searches for the place of a dwelling, by outcome";

// What others are told; the dwelling in the tax register is not.
bool estAutreLieu(const Localisation& trouvee, const core::Json& avant) {
    auto lieu = enJson(trouvee);
    if (!avant.is_object()) return true;
    auto connu = avant;
    for (auto* un : {&lieu, &connu}) un->erase("invariantRial");
    return lieu != connu;
}

class Recherche {
  public:
    Recherche(postgres::Pool& pool, const streams::Outbox& outbox, Geocodeur& geocodeur,
              const ReglagesGeocodage& reglages, Lieux& lieux, core::Metrics& metrics)
        : pool_(pool), outbox_(outbox), geocodeur_(geocodeur), reglages_(reglages), lieux_(lieux), metrics_(metrics) {
        for (const auto precision :
             {PrecisionLieu::Batiment, PrecisionLieu::Adresse, PrecisionLieu::Commune, PrecisionLieu::Aucune}) {
            compter(nomDe(precision), 0);
        }
        compter("PLUS_TARD", 0);
    }

    int passe(core::Instant now) {
        if (now < pasAvant_) return 0;
        // As long as every call that it may make, so that nobody asks a second time for nothing.
        const auto baillee =
            baillerLocalisation(*pool_.acquire(), core::randomHex(16), now, now + reglages_.dureeMax() + 1s);
        if (!baillee) return 0;
        const auto fin = chercher(*baillee, now);
        noter(*baillee, fin, now);
        return 1;
    }

  private:
    void compter(std::string_view issue, double combien) {
        metrics_.counter(kMetric, kHelp, {{"issue", std::string(issue)}}).add(combien);
    }

    FinDeRecherche chercher(const LocalisationBaillee& baillee, core::Instant now) {
        FinDeRecherche fin;
        fin.essais = baillee.essais + 1;
        try {
            const auto adresse = adresseDeclaree(baillee.adresse);
            const auto trouvailles = geocodeur_.chercher(adresse);
            fin.trouvee =
                localiser(adresse, trouvailles, *lieux_.territoires(), *lieux_.communes(), baillee.territoire);
            if (trouvailles.rnbManque || trouvailles.rialManque) {
                fin.erreur = trouvailles.rnbManque ? "rnb_injoignable" : "rial_injoignable";
                fin.prochainEssai = now + delaiDeRecherche(fin.essais, hasard());
            }
        } catch (const core::Error& error) {
            fin.erreur = error.code();
            fin.prochainEssai = now + delaiDeRecherche(fin.essais, hasard());
            if (geocodeur_.banMuette()) pasAvant_ = now + reglages_.pause;
            core::log::warning("place_not_looked_up", {{"signalement", baillee.signalement},
                                                       {"code", error.code()},
                                                       {"tries", static_cast<long long>(fin.essais)}});
        }
        return fin;
    }

    void noter(const LocalisationBaillee& baillee, const FinDeRecherche& fin, core::Instant now) {
        auto session = pool_.acquire();
        postgres::Transaction transaction(*session);
        if (!noterLocalisation(transaction, baillee, fin, now)) return;
        const bool aDire = fin.trouvee && estAutreLieu(*fin.trouvee, baillee.trouvee);
        if (aDire) {
            auto dite = evenementLocalise(*fin.trouvee, baillee.territoire);
            outbox_.add(transaction, outbox_.make("signalement.localise", baillee.signalement, std::move(dite.donnees),
                                                  std::move(dite.personnel)));
        }
        transaction.commit();
        if (aDire) outbox_.announce();
        compter(fin.trouvee ? nomDe(fin.trouvee->precision) : "PLUS_TARD", 1);
        if (fin.trouvee && fin.trouvee->codeInseeEcarte) {
            // A dossier stays in its territoire; who runs it should know.
            core::log::warning("place_elsewhere", {{"signalement", baillee.signalement},
                                                   {"territoire", baillee.territoire},
                                                   {"codeInsee", *fin.trouvee->codeInseeEcarte},
                                                   {"elsewhere", fin.trouvee->territoireEcarte.value_or("")}});
        }
    }

    double hasard() { return std::uniform_real_distribution<double>(0, 1)(alea_); }

    postgres::Pool& pool_;
    const streams::Outbox& outbox_;
    Geocodeur& geocodeur_;
    const ReglagesGeocodage reglages_;
    Lieux& lieux_;
    core::Metrics& metrics_;
    std::mt19937_64 alea_{std::random_device{}()};
    core::Instant pasAvant_{};  // the BAN is left alone until then
};

}  // namespace

std::vector<Travail> travauxDeLocalisation(postgres::Pool& pool, const streams::Outbox& outbox, Geocodeur& geocodeur,
                                           const ReglagesGeocodage& reglages, Lieux& lieux, core::Metrics& metrics) {
    auto recherche = std::make_shared<Recherche>(pool, outbox, geocodeur, reglages, lieux, metrics);
    auto& enAttente =
        metrics.gauge("histologe_intake_localisations_waiting", "dwellings whose place is still looked for");
    auto& plusAncienne =
        metrics.gauge("histologe_intake_localisations_oldest_seconds", "age of the oldest of these searches");
    const auto mesurer = [&pool, &enAttente, &plusAncienne](core::Instant now) {
        const auto attente = compterALocaliser(*pool.acquire());
        enAttente.set(static_cast<double>(attente.combien));
        plusAncienne.set(attente.depuis ? std::chrono::duration<double>(now - *attente.depuis).count() : 0);
        return 0;
    };
    return {{"localisation", 500ms, [recherche](core::Instant now) { return recherche->passe(now); }},
            {"mesure_localisation", 15s, mesurer}};
}

}  // namespace histologe::intake
