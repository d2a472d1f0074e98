#include "services/routing/jobs/comptes.hpp"

#include "libs/core/zone.hpp"
#include "services/routing/store/echeances_comptes.hpp"

namespace histologe::routing {
namespace {

using namespace std::chrono_literals;

constexpr int kLot = 40;
constexpr int kMenage = 500;
constexpr unsigned kJourDAnnonce = 15;
constexpr std::chrono::hours kMatin{4};

// The last announcement's day that has begun.
std::chrono::year_month_day dernierQuinze(core::Instant now) {
    const auto jour = core::Zone::paris().dayOf(now - kMatin);
    const std::chrono::year_month_day quinze{jour.year(), jour.month(), std::chrono::day(kJourDAnnonce)};
    return jour.day() >= std::chrono::day(kJourDAnnonce) ? quinze : core::addMonths(quinze, -1);
}

std::string jourDe(core::Instant instant) {
    return core::Zone::paris().toLocalRfc3339(instant).substr(0, 10);
}

int annoncer(postgres::Pool& pool, const VieDesComptes& vie, core::Instant now) {
    const auto quinze = dernierQuinze(now);
    const auto depuis = core::Zone::paris().startOf(core::addMonths(quinze, -12)) + 24h;
    const auto prevuLe = now + kAvantArchivage;
    auto session = pool.acquire();
    postgres::Transaction transaction(*session);
    const auto comptes = prevoirArchivages(transaction, depuis, prevuLe, kLot);
    for (const auto& compte : comptes) {
        if (compte.role != auth::Role::Api) vie.ecrire(transaction, compte, courriels::kBientotArchive, {{"le", jourDe(prevuLe)}});
    }
    // The last part of what is due: the managers can be told how many they are.
    if (static_cast<int>(comptes.size()) < kLot) {
        const std::chrono::sys_days mois{quinze};
        for (const auto& annonce : prendreAnnonces(transaction, mois, now)) {
            for (const auto& id : annonce.responsables) {
                if (const auto responsable = lireCompte(transaction, id)) {
                    core::Json details = {{"nombre", annonce.comptes}, {"le", jourDe(prevuLe)}};
                    if (auto nom = nomDuTerritoire(transaction, annonce.territoire)) details["territoire"] = *nom;
                    vie.ecrire(transaction, *responsable, courriels::kComptesBientotArchives, details);
                }
            }
        }
    }
    transaction.commit();
    vie.annoncer();
    return static_cast<int>(comptes.size());
}

int archiver(postgres::Pool& pool, const VieDesComptes& vie, core::Instant now) {
    auto session = pool.acquire();
    postgres::Transaction transaction(*session);
    const auto comptes = archivagesDus(transaction, now, kLot);
    for (const auto& compte : comptes) vie.archiver(transaction, compte, false);
    transaction.commit();
    vie.annoncer();
    return static_cast<int>(comptes.size());
}

int rappeler(postgres::Pool& pool, const VieDesComptes& vie, core::Instant now) {
    auto session = pool.acquire();
    postgres::Transaction transaction(*session);
    const auto comptes = rappelsActivation(transaction, now - kEntreRappels, now, kLot);
    for (const auto& compte : comptes) vie.envoyerLien(transaction, compte, courriels::kRappelActivation);
    transaction.commit();
    vie.annoncer();
    return static_cast<int>(comptes.size());
}

// A piece of work within a transaction of its own.
template <typename Travail>
int enUneFois(postgres::Pool& pool, Travail travail) {
    auto session = pool.acquire();
    postgres::Transaction transaction(*session);
    const int combien = travail(transaction);
    transaction.commit();
    return combien;
}

}  // namespace

std::vector<service::Travail> travauxDesComptes(postgres::Pool& pool, const VieDesComptes& vie, bool anonymise) {
    std::vector<service::Travail> travaux = {
        {"inactivite", 1h, [&pool, &vie](core::Instant now) { return annoncer(pool, vie, now); }},
        {"archivage_comptes", 1h, [&pool, &vie](core::Instant now) { return archiver(pool, vie, now); }},
        {"rappel_activation", 1h, [&pool, &vie](core::Instant now) { return rappeler(pool, vie, now); }},
        {"menage_connexions", 10min,
         [&pool](core::Instant now) {
             return enUneFois(pool, [&](auto& transaction) {
                 return menageSessions(transaction, now, kMenage) + effacerSecrets(transaction, now, kMenage);
             });
         }},
    };
    if (anonymise) {
        travaux.push_back({"anonymisation_comptes", 1h, [&pool](core::Instant now) {
                               const auto jour = core::addMonths(core::Zone::paris().dayOf(now), -24);
                               const auto depuis = core::Zone::paris().startOf(jour);
                               return enUneFois(pool, [&](auto& transaction) { return anonymiser(transaction, depuis, now, kLot); });
                           }});
    }
    return travaux;
}

}  // namespace histologe::routing
