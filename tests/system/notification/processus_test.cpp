// The program as an operator runs it, from the stream to the mailbox: served, killed, stopped.
#include <map>
#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "libs/core/ids.hpp"
#include "libs/streams/event.hpp"
#include "libs/streams/keys.hpp"
#include "libs/streams/redis.hpp"
#include "tests/support/message_recu.hpp"
#include "tests/support/serveur_smtp.hpp"
#include "tests/system/notification/banc.hpp"
#include "tools/environment/probe.hpp"

using namespace histologe;
using namespace histologe::notification::test;
using namespace std::chrono_literals;
using histologe::test::kSeTait;
using histologe::test::ServeurSmtp;

namespace {

constexpr std::uint32_t kPartitions = 4;

// A service under test with its own PostgreSQL and Redis, whose mails reach a scripted server.
class Service {
  public:
    explicit Service(int portSmtp) : environnement_(reglages(portSmtp)) {
        environnement_.startPostgres();
        environnement_.startRedis();
        environnement_.startService("notification");
    }

    // Puts on the streams what intake and routing would: reports filed and affectations of them.
    void dit(int signalements) {
        streams::Redis redis(environnement_.redisUrl());
        std::vector<streams::Command> commandes;
        const auto ajoute = [&](const streams::Event& evenement) {
            commandes.push_back({"XADD", streams::streamKey(streams::partitionOf(evenement.subject, kPartitions)), "*",
                                 "evenement", core::dumpJson(streams::toJson(evenement))});
        };
        for (int i = 0; i < signalements; ++i) {
            const auto now = core::SystemClock().now();
            const auto sujet = core::uuidV7(now);
            const auto rang = std::to_string(rang_++);
            streams::Event depot{core::uuidV7(now), "signalement.depose", "intake", sujet, now, {}, {}, {}};
            depot.data = {{"reference", "2026-" + rang}, {"territoireNom", "Ain"}, {"statut", "NEED_VALIDATION"}};
            depot.personnel = {{"occupant", {{"prenom", "Léa"}, {"courriel", "occupant" + rang + "@exemple.fr"}}},
                               {"codeSuivi", core::uuidV4()}};
            ajoute(depot);
            streams::Event affectation{core::uuidV7(now), "affectation.creee", "routing", sujet, now, {}, {}, {}};
            affectation.data = {{"affectationId", core::uuidV7(now)}, {"reference", "2026-" + rang}};
            affectation.personnel = {{"partenaire", {{"courriel", "partenaire" + rang + "@exemple.fr"}}}};
            ajoute(affectation);
            ajoute(affectation);  // delivered twice
        }
        redis.run(commandes);
    }

    [[nodiscard]] std::string valeur(const std::string& requete) const {
        postgres::Connection base(environnement_.databaseUrl("notification"), "notification");
        return base.run({"valeur", requete.c_str()})[0].text(0);
    }
    [[nodiscard]] bool tousEnvoyes(int combien) const {
        return valeur("SELECT count(*) FILTER (WHERE etat = 'ENVOYE') || '/' || count(*) FROM courriels") ==
               std::to_string(combien) + "/" + std::to_string(combien);
    }
    environment::Environment& environnement() { return environnement_; }

  private:
    static environment::Settings reglages(int portSmtp) {
        auto settings =
            environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "system_notification_processus");
        settings.partitions = kPartitions;
        settings.variables["notification"] = {
            {"HISTOLOGE_NOTIFICATION_SMTP_URL", "smtp://127.0.0.1:" + std::to_string(portSmtp)},
            {"HISTOLOGE_NOTIFICATION_SMTP_TIMEOUT_MS", "500"},
            {"HISTOLOGE_NOTIFICATION_MAIL_LEASE_MS", "2000"},
            {"HISTOLOGE_NOTIFICATION_MAIL_RETRY_DELAYS_MS", "50,100,200"},
            {"HISTOLOGE_NOTIFICATION_MAIL_PAUSE_FIRST_MS", "50"},
            {"HISTOLOGE_NOTIFICATION_MAIL_PAUSE_LONGEST_MS", "200"}};
        return settings;
    }
    environment::Environment environnement_;
    int rang_ = 0;
};

// How often each recipient had its mail; every mail of one recipient has one Message-ID.
std::map<std::string, int> envoisParDestinataire(const ServeurSmtp& serveur) {
    std::map<std::string, int> envois;
    std::map<std::string, std::string> identites;
    for (const auto& recu : serveur.recus()) {
        const std::string identite = histologe::test::lire(recu.contenu).entetes["message-id"];
        CHECK(identites.emplace(recu.a, identite).first->second == identite);
        ++envois[recu.a];
    }
    std::set<std::string> distinctes;
    for (const auto& [destinataire, identite] : identites) distinctes.insert(identite);
    CHECK(distinctes.size() == identites.size());
    return envois;
}

}  // namespace

TEST_CASE("events on the streams become mails in mailboxes, through refusals and silences, each once") {
    ServeurSmtp serveur;
    Service service(serveur.port());
    service.dit(20);
    REQUIRE(attend([&] { return service.tousEnvoyes(40); }));
    serveur.repond("RCPT", "451 plus tard");
    service.dit(20);
    std::this_thread::sleep_for(300ms);
    serveur.repond("RCPT", kSeTait);
    std::this_thread::sleep_for(1s);
    serveur.repond("RCPT", "");
    REQUIRE(attend([&] { return service.tousEnvoyes(80); }));
    const auto envois = envoisParDestinataire(serveur);
    CHECK(envois.size() == 80);
    CHECK(serveur.recus().size() == 80);
    CHECK(service.valeur("SELECT count(*) FROM lettres_mortes") == "0");
    CHECK(service.valeur("SELECT count(*) FROM evenements WHERE type = 'notification.envoyee'") == "80");
}

TEST_CASE(
    "a process killed while mails go loses none, and repeats only what was not recorded, under the same identity") {
    ServeurSmtp serveur;
    Service service(serveur.port());
    service.dit(300);
    REQUIRE(attend([&] { return serveur.recus().size() > 60; }));
    service.environnement().kill("notification-0");
    const auto envoyesALaMort = serveur.recus().size();
    const int notesALaMort = std::stoi(service.valeur("SELECT count(*) FROM courriels WHERE etat = 'ENVOYE'"));
    service.environnement().restart("notification-0");
    REQUIRE(attend([&] { return service.tousEnvoyes(600); }));
    const auto envois = envoisParDestinataire(serveur);
    CHECK(envois.size() == 600);
    const int repetes = static_cast<int>(serveur.recus().size()) - 600;
    CHECK(repetes >= 0);
    CHECK(repetes <= static_cast<int>(envoyesALaMort) - notesALaMort);
    CHECK(service.valeur("SELECT count(*) FROM evenements WHERE type = 'notification.envoyee'") == "600");
}

TEST_CASE("asked to stop while mails go, the process records what it sent and leaves nothing leased") {
    ServeurSmtp serveur;
    Service service(serveur.port());
    service.dit(300);
    REQUIRE(attend([&] { return serveur.recus().size() > 60; }));
    service.environnement().stop("notification-0");
    CHECK(service.valeur("SELECT count(*) FROM courriels WHERE etat = 'EN_COURS'") == "0");
    CHECK(service.valeur("SELECT count(*) FROM courriels WHERE etat = 'ENVOYE'") ==
          std::to_string(serveur.recus().size()));
    service.environnement().startService("notification");
    REQUIRE(attend([&] { return service.tousEnvoyes(600); }));
    CHECK(envoisParDestinataire(serveur).size() == 600);
    CHECK(serveur.recus().size() == 600);
}
