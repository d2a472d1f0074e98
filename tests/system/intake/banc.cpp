#include "tests/system/intake/banc.hpp"

#include <future>

#include <atomic>
#include <exception>
#include <latch>
#include <mutex>
#include <thread>

#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "libs/http/problem.hpp"
#include "libs/postgres/migrations.hpp"
#include "services/intake/http/liens.hpp"
#include "services/intake/jobs/brouillons.hpp"
#include "services/intake/store/territoires.hpp"
#include "tools/environment/environment.hpp"

namespace histologe::streams {
std::vector<postgres::Migration> migrations();
}
namespace histologe::intake {
std::vector<postgres::Migration> migrations();
}

namespace histologe::intake::essais {
namespace {

environment::Environment& partage() {
    static environment::Environment kEnvironnement(
        environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "system_intake"));
    static const bool kDemarre = [] {
        core::log::setLevel(core::log::Level::Error);
        kEnvironnement.startPostgres();
        return true;
    }();
    (void)kDemarre;
    return kEnvironnement;
}

std::string donnee(const std::string& chemin) {
    return core::readFile(std::string(HISTOLOGE_SOURCE_DIR) + "/" + chemin);
}

const domain::Communes& communes() {
    static const auto kCommunes = domain::Communes::fromCsv(donnee("data/communes.csv"));
    return kCommunes;
}

const desordres::Catalogue& catalogue() {
    static const auto kCatalogue = desordres::loadShippedCatalogue();
    return kCatalogue;
}

}  // namespace

core::Instant instant(const char* rfc3339) {
    return core::parseInstant(rfc3339).value();
}

Json echantillon(const std::string& nom) {
    return core::parseJson(donnee("tests/golden/payloads/" + nom + ".json"));
}

Json tiers() {
    auto charge = echantillon("step__validation_signalement__locataire");
    charge.update({{"profil", "tiers_particulier"},
                   {"signalement_concerne_profil", "autre_logement"},
                   {"signalement_concerne_profil_detail_tiers", "tiers_particulier"},
                   {"signalement_concerne_profil_detail_profil_occupant", "locataire"},
                   {"vos_coordonnees_tiers_lien", "voisin"},
                   {"vos_coordonnees_tiers_nom", "Voisin"},
                   {"vos_coordonnees_tiers_prenom", "Paul"},
                   {"vos_coordonnees_tiers_email", "voisin@example.org"},
                   {"vos_coordonnees_tiers_tel", "0639980020"},
                   {"coordonnees_occupant_nom", "Éloise"},
                   {"coordonnees_occupant_prenom", "Ana"},
                   {"coordonnees_occupant_email", "eloise@example.org"}});
    for (const char* cle : {"nom", "prenom", "email", "tel", "tel_secondaire", "civilite"}) {
        charge.erase(std::string("vos_coordonnees_occupant_") + cle);
    }
    charge.erase("signalement_concerne_profil_detail_occupant");
    return charge;
}

void enParallele(int n, const std::function<void(int)>& travail) {
    std::latch depart(n);
    std::mutex mutex;
    std::exception_ptr premiere;
    std::vector<std::thread> fils;
    for (int i = 0; i < n; ++i) {
        fils.emplace_back([&, i] {
            depart.arrive_and_wait();
            try {
                travail(i);
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!premiere) premiere = std::current_exception();
            }
        });
    }
    for (auto& fil : fils) fil.join();
    if (premiere) std::rethrow_exception(premiere);
}

Banc::Banc(LimitesBrouillons limites) {
    static std::atomic<int> suivante = 1;
    nom_ = "intake_" + std::to_string(suivante++);
    partage().postgres().createDatabase(nom_);
    pool_ = std::make_unique<postgres::Pool>(
        postgres::PoolSettings{partage().postgres().url("intake", nom_), "intake", 12, std::chrono::seconds(20)});
    {
        auto session = pool_->acquire();
        postgres::migrate(*session, streams::migrations());
        postgres::migrate(*session, migrations());
        const auto territoires = core::parseJson(donnee("data/territoires.json")).at("territoires");
        std::vector<const Json*> contenus;
        for (const auto& territoire : territoires) contenus.push_back(&territoire);
        postgres::Transaction transaction(*session);
        saveTerritoires(transaction, contenus);
        transaction.commit();
    }
    lieux_ = std::make_unique<Lieux>(*pool_, communes());
    depots_ = std::make_unique<DepotWriter>(
        *pool_, [this](auto& transaction, const auto& lot) { return writeDepots(transaction, boite_, lot); }, 2, 128);
    brouillons_ = std::make_unique<BrouillonWriter>(*pool_, saveBrouillons, 2, 128);
    bindBrouillons(routeur_, {*pool_, *depots_, *brouillons_, boite_, retard_, 4000, horloge_, catalogue(), *lieux_,
                              "https://exemple.fr", limites});
    bindLiens(routeur_, *pool_, boite_, horloge_, *lieux_);
    travaux_ = std::make_unique<Travaux>(travauxDesBrouillons(*pool_, boite_), horloge_, mesures_);
}

Banc::~Banc() {
    travaux_.reset();
    depots_.reset();
    brouillons_.reset();
    lieux_.reset();
    pool_.reset();
    partage().postgres().dropDatabase(nom_);
}

http::Response Banc::appelle(const std::string& operation, const Json& corps,
                             const std::vector<std::pair<std::string, std::string>>& chemin,
                             const std::string& adresse) {
    http::Request demande;
    demande.operationId = operation;
    demande.json = corps;
    demande.body = corps.is_null() ? std::string() : core::dumpJson(corps);
    demande.remoteAddress = adresse;
    for (const auto& [nom, valeur] : chemin) demande.pathParameters.add(nom, valeur);
    try {
        std::promise<http::Response> plusTard;
        const auto reponse = routeur_.bindings().at(operation).handler(demande, [&](const auto& suite) {
            try {
                plusTard.set_value(suite());
            } catch (...) {
                plusTard.set_exception(std::current_exception());
            }
        });
        return reponse ? *reponse : plusTard.get_future().get();
    } catch (const core::Error& erreur) {
        return http::problem(erreur, "essai");
    }
}

std::string Banc::commence(const Json& reponses) {
    return lit(appelle("createBrouillon", reponses)).at("uuid").get<std::string>();
}

http::Response Banc::enregistre(const std::string& brouillon, const Json& reponses) {
    return appelle("saveBrouillon", reponses, {{"uuid", brouillon}});
}

http::Response Banc::depose(const std::string& brouillon, Json reponses) {
    reponses["currentStep"] = "validation_signalement";
    return enregistre(brouillon, reponses);
}

Json Banc::signale(const Json& reponses) {
    return lit(depose(commence(reponses), reponses));
}

std::string Banc::lignes(const std::string& sql) {
    auto session = pool_->acquire();
    const auto nom = core::randomHex(8);  // of the prepared statement
    const auto resultat = session->run({nom.c_str(), sql.c_str()});
    std::string texte;
    for (const auto& ligne : resultat) texte += ligne.optionalText(0).value_or("") + "\n";
    return texte;
}

void Banc::execute(const std::string& sql) {
    // A session of its own: a script that fails leaves it unusable.
    postgres::Connection(partage().postgres().url("intake", nom_), "intake").runScript(sql);
}

std::vector<Json> Banc::evenements(const std::string& type, const std::string& partie) {
    auto session = pool_->acquire();
    const auto nom = core::randomHex(8);
    const auto sql = "SELECT " + partie + " FROM evenements WHERE type = $1 ORDER BY numero";
    const auto resultat = session->run({nom.c_str(), sql.c_str()}, {type});
    std::vector<Json> tous;
    for (const auto& ligne : resultat) tous.push_back(ligne.json(0));
    return tous;
}

}  // namespace histologe::intake::essais
