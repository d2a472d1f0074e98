#include "tests/system/notification/banc.hpp"

#include <thread>

#include "libs/postgres/migrations.hpp"

namespace histologe::streams {
std::vector<postgres::Migration> migrations();
}
namespace histologe::notification {
std::vector<postgres::Migration> migrations();
}

namespace histologe::notification::test {
namespace {

using namespace std::chrono_literals;

environment::Environment& unEnvironnement() {
    static environment::Environment environnement = [] {
        return environment::Environment(
            environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "system_notification"));
    }();
    static const bool pret = [] {
        environnement.startPostgres();
        postgres::Connection base(environnement.databaseUrl("notification"), "notification");
        auto migrations = streams::migrations();
        const auto siennes = notification::migrations();
        migrations.insert(migrations.end(), siennes.begin(), siennes.end());
        postgres::migrate(base, migrations);
        return true;
    }();
    static_cast<void>(pret);
    return environnement;
}

}  // namespace

Banc::Banc() {
    if (!unEnvironnement().isRunning("postgres")) unEnvironnement().startPostgres();
    execute("TRUNCATE courriels, dossiers_usagers, evenements, evenements_a_publier, evenements_recus");
}

environment::Environment& Banc::environnement() const {
    return unEnvironnement();
}

std::string Banc::url() const {
    return unEnvironnement().databaseUrl("notification");
}

postgres::Connection Banc::connexion() const {
    return postgres::Connection(url(), "notification");
}

std::string Banc::valeur(const std::string& requete) const {
    postgres::Connection base(url(), "notification");
    return base.run({"valeur", requete.c_str()})[0].text(0);
}

void Banc::execute(const std::string& script) const {
    postgres::Connection base(url(), "notification");
    base.runScript(script);
}

void Banc::doit(int combien, const std::string& objet) {
    std::vector<CourrielACreer> courriels;
    for (int i = 0; i < combien; ++i)
        courriels.push_back({TypeCourriel::AccuseReception,
                             objet,
                             objet,
                             "a" + std::to_string(i) + "@exemple.fr",
                             "Ain",
                             {{"prenom", "Léa"}, {"reference", "2026-1"}, {"codeSuivi", "c0de"}}});
    postgres::Connection base(url(), "notification");
    postgres::Transaction transaction(base);
    ajouterCourriels(transaction, courriels, horloge.now());
    transaction.commit();
}

ReglagesExpedition Banc::reglages(int portSmtp) const {
    ReglagesExpedition r;
    r.databaseUrl = url();
    r.presentation.site = "https://histologe.exemple.fr";
    r.presentation.expediteur = "notifications@exemple.fr";
    r.presentation.repondreA = "ne-pas-repondre@exemple.fr";
    r.smtp.port = portSmtp;
    r.smtp.delaiConnexion = 300ms;
    r.smtp.delaiTotal = 300ms;
    r.reprise.delais = {50ms, 100ms, 200ms};
    r.pause.premiere = 50ms;
    r.pause.plusLongue = 200ms;
    r.bail = 3s;
    r.repos = 20ms;
    r.sursis = 200ms;
    return r;
}

bool attend(const std::function<bool()>& condition, std::chrono::milliseconds limite) {
    const auto fin = std::chrono::steady_clock::now() + limite;
    while (std::chrono::steady_clock::now() < fin) {
        if (condition()) return true;
        std::this_thread::sleep_for(10ms);
    }
    return condition();
}

}  // namespace histologe::notification::test
