#include "services/notification/reglages.hpp"

#include <catch2/catch.hpp>

#include "services/notification/mail/smtp_url.hpp"

using namespace histologe;
using namespace histologe::notification;
using namespace std::chrono_literals;

namespace {

ReglagesExpedition lus(const core::Config::Environment& environnement) {
    core::Config config("notification", environnement);
    ReglagesExpedition reglages = lireReglages(config);
    config.finish();
    return reglages;
}

}  // namespace

TEST_CASE("the mail server is named by an URL") {
    const auto simple = lireUrlSmtp("smtp://127.0.0.1:2525");
    REQUIRE(simple);
    CHECK(simple->hote == "127.0.0.1");
    CHECK(simple->port == 2525);
    CHECK(simple->securite == SecuriteSmtp::Aucune);
    CHECK(simple->utilisateur.empty());
    const auto complet = lireUrlSmtp("smtp+starttls://moi%40exemple.fr:mot%3Ade%2Fpasse@relais.exemple.fr/");
    REQUIRE(complet);
    CHECK(complet->hote == "relais.exemple.fr");
    CHECK(complet->port == 587);
    CHECK(complet->securite == SecuriteSmtp::StartTls);
    CHECK(complet->utilisateur == "moi@exemple.fr");
    CHECK(complet->motDePasse == "mot:de/passe");
    CHECK(lireUrlSmtp("smtps://relais.exemple.fr")->port == 465);
    CHECK(lireUrlSmtp("smtps://relais.exemple.fr")->securite == SecuriteSmtp::Tls);
    for (const char* url : {"", "relais.exemple.fr", "http://relais", "smtp://", "smtp://:25", "smtp://relais:0",
                            "smtp://relais:65536", "smtp://relais:vingt", "smtp://relais/chemin", "smtp://moi@relais",
                            "smtp://:mdp@relais", "smtp://a%4:b@relais", "smtp://a%zz:b@relais", "smtp://rel ais"}) {
        CAPTURE(url);
        CHECK_FALSE(lireUrlSmtp(url).has_value());
    }
}

TEST_CASE("without a word of the operator the mails have sound settings") {
    const ReglagesExpedition reglages = lus({});
    CHECK(reglages.smtp.hote == "127.0.0.1");
    CHECK(reglages.smtp.port == 25);
    CHECK(reglages.connexions == 4);
    CHECK(reglages.reprise.delais == std::vector<std::chrono::milliseconds>{30s, 2min, 10min, 1h, 6h});
    CHECK(reglages.reprise.abandonApres == 120h);
    CHECK(reglages.presentation.redirection.empty());
    CHECK(reglages.bail >= 3 * reglages.smtp.delaiTotal);
}

TEST_CASE("what the operator says is taken, or refused in one line") {
    const ReglagesExpedition reglages = lus({{"HISTOLOGE_NOTIFICATION_SMTP_URL", "smtp://127.0.0.1:2525"},
                                             {"HISTOLOGE_NOTIFICATION_SMTP_TIMEOUT_MS", "400"},
                                             {"HISTOLOGE_NOTIFICATION_MAIL_LEASE_MS", "1200"},
                                             {"HISTOLOGE_NOTIFICATION_MAIL_RETRY_DELAYS_MS", "50, 100"},
                                             {"HISTOLOGE_NOTIFICATION_MAIL_FROM", "Histologe@Exemple.fr"},
                                             {"HISTOLOGE_NOTIFICATION_MAIL_REDIRECT", "essais@exemple.fr"}});
    CHECK(reglages.smtp.port == 2525);
    CHECK(reglages.smtp.delaiTotal == 400ms);
    CHECK(reglages.bail == 1200ms);
    CHECK(reglages.reprise.delais == std::vector<std::chrono::milliseconds>{50ms, 100ms});
    CHECK(reglages.presentation.expediteur == "histologe@exemple.fr");
    CHECK(reglages.presentation.redirection == "essais@exemple.fr");
    CHECK_THROWS_AS(lus({{"HISTOLOGE_NOTIFICATION_SMTP_URL", "http://x"}}), core::ConfigError);
    CHECK_THROWS_AS(lus({{"HISTOLOGE_NOTIFICATION_MAIL_FROM", "personne"}}), core::ConfigError);
    CHECK_THROWS_AS(lus({{"HISTOLOGE_NOTIFICATION_MAIL_RETRY_DELAYS_MS", "10,vite"}}), core::ConfigError);
    CHECK_THROWS_AS(lus({{"HISTOLOGE_NOTIFICATION_MAIL_RETRY_DELAYS_MS", ""}}), core::ConfigError);
    CHECK_THROWS_AS(lus({{"HISTOLOGE_NOTIFICATION_MAIL_LEASE_MS", "1000"}}), core::ConfigError);
    CHECK_THROWS_AS(lus({{"HISTOLOGE_NOTIFICATION_MAIL_INCONNU", "1"}}), core::ConfigError);
}

TEST_CASE("the password of the mail server is not printed") {
    core::Config config("notification", {{"HISTOLOGE_NOTIFICATION_SMTP_URL", "smtp://moi:secret@relais.exemple.fr"}});
    CHECK(lireReglages(config).smtp.motDePasse == "secret");
    CHECK(config.print().find("secret@") == std::string::npos);
}
