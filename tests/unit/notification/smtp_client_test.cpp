#include "services/notification/mail/smtp_client.hpp"

#include <thread>

#include <catch2/catch.hpp>

#include "tests/support/message_recu.hpp"
#include "tests/support/serveur_smtp.hpp"

using namespace histologe;
using namespace histologe::notification;
using namespace std::chrono_literals;
using test::kRaccroche;
using test::kSeTait;
using test::ServeurSmtp;

namespace {

const core::DrivenClock kHorloge(*core::parseInstant("2026-11-25T08:30:00Z"));

ReglagesSmtp reglages(int port) {
    ReglagesSmtp r;
    r.port = port;
    r.delaiConnexion = 500ms;
    r.delaiTotal = 500ms;
    return r;
}

CourrielPret courriel(const std::string& a = "lea@exemple.fr") {
    CourrielPret c;
    c.messageId = "<courriel.1@exemple.fr>";
    c.enveloppeDe = "notifications@exemple.fr";
    c.enveloppeA = a;
    c.de = "\"HISTOLOGE - AIN\"\r\n <notifications@exemple.fr>";
    c.repondreA = "ne-pas-repondre@exemple.fr";
    c.a = a;
    c.sujet = "=?UTF-8?Q?Votre_signalement_est_bien_arriv=C3=A9?=";
    c.etiquette = "Usager";
    c.texte = "Bonjour Léa,\r\n\r\n.\r\n.. deux points = fin\r\n" + std::string(300, 'x') + "\r\n";
    c.html = "<!DOCTYPE html>\r\n<html lang=\"fr\"><p>é</p></html>\r\n";
    return c;
}

}  // namespace

TEST_CASE("an accepted mail is whole, in two forms, with the headers of the envelope") {
    ServeurSmtp serveur;
    SmtpClient client(reglages(serveur.port()), kHorloge);
    const ReponseSmtp reponse = client.envoyer(courriel());
    CHECK(reponse.issue == Issue::Acceptee);
    CHECK(reponse.code == 250);
    const auto recus = serveur.recus();
    REQUIRE(recus.size() == 1);
    CHECK(recus[0].de == "notifications@exemple.fr");
    CHECK(recus[0].a == "lea@exemple.fr");
    auto lu = test::lire(recus[0].contenu);
    CHECK(lu.entetes["date"] == "Wed, 25 Nov 2026 08:30:00 +0000");
    CHECK(lu.entetes["from"] == "\"HISTOLOGE - AIN\" <notifications@exemple.fr>");
    CHECK(lu.entetes["to"] == "lea@exemple.fr");
    CHECK(lu.entetes["reply-to"] == "ne-pas-repondre@exemple.fr");
    CHECK(lu.entetes["subject"] == "Votre signalement est bien arrivé");
    CHECK(lu.entetes["message-id"] == "<courriel.1@exemple.fr>");
    CHECK(lu.entetes["auto-submitted"] == "auto-generated");
    CHECK(lu.entetes["x-tag"] == "Usager");
    CHECK(lu.entetes["mime-version"] == "1.0");
    CHECK(lu.entetes["content-type"].find("multipart/alternative") == 0);
    REQUIRE(lu.parties.size() == 2);
    CHECK(lu.parties[0].entetes["content-type"] == "text/plain; charset=utf-8");
    CHECK(lu.parties[1].entetes["content-type"] == "text/html; charset=utf-8");
    CHECK(lu.parties[0].corps == "Bonjour Léa,\n\n.\n.. deux points = fin\n" + std::string(300, 'x') + "\n");
    CHECK(lu.parties[1].corps == "<!DOCTYPE html>\n<html lang=\"fr\"><p>é</p></html>\n");
}

TEST_CASE("one connection serves many mails") {
    ServeurSmtp serveur;
    SmtpClient client(reglages(serveur.port()), kHorloge);
    for (int i = 0; i < 20; ++i) REQUIRE(client.envoyer(courriel()).issue == Issue::Acceptee);
    CHECK(serveur.connexions() == 1);
    CHECK(serveur.recus().size() == 20);
}

TEST_CASE("a refusal for now is temporary wherever it comes") {
    struct Cas {
        const char* quand;
        EtapeSmtp etape;
        bool serveur;
    };
    for (const Cas& cas : {Cas{"BONJOUR", EtapeSmtp::Connexion, true}, Cas{"EHLO", EtapeSmtp::Presentation, true},
                           Cas{"MAIL", EtapeSmtp::Expediteur, true}, Cas{"RCPT", EtapeSmtp::Destinataire, false},
                           Cas{"DATA", EtapeSmtp::Donnees, true}, Cas{"FIN", EtapeSmtp::Contenu, false}}) {
        CAPTURE(cas.quand);
        ServeurSmtp serveur;
        serveur.repond(cas.quand, "451 plus tard, lea@exemple.fr");
        if (std::string(cas.quand) == "EHLO") serveur.repond("HELO", "451 plus tard");
        SmtpClient client(reglages(serveur.port()), kHorloge);
        const ReponseSmtp reponse = client.envoyer(courriel());
        CHECK(reponse.issue == Issue::Temporaire);
        CHECK(reponse.etape == cas.etape);
        CHECK(reponse.code == 451);
        CHECK(reponse.serveur == cas.serveur);
        CHECK(reponse.explication.find("451 plus tard") == 0);
        CHECK(reponse.explication.find("lea@") == std::string::npos);
        serveur.repond(cas.quand, "");
        CHECK(client.envoyer(courriel()).issue == Issue::Acceptee);
    }
}

TEST_CASE("a refusal for good of the recipient or of the content is definitive, of the sender is not") {
    struct Cas {
        const char* quand;
        Issue issue;
    };
    for (const Cas& cas :
         {Cas{"BONJOUR", Issue::Temporaire}, Cas{"MAIL", Issue::Temporaire}, Cas{"RCPT", Issue::Definitive},
          Cas{"DATA", Issue::Temporaire}, Cas{"FIN", Issue::Definitive}}) {
        CAPTURE(cas.quand);
        ServeurSmtp serveur;
        serveur.repond(cas.quand, "550 inconnu");
        SmtpClient client(reglages(serveur.port()), kHorloge);
        const ReponseSmtp reponse = client.envoyer(courriel());
        CHECK(reponse.issue == cas.issue);
        CHECK(reponse.code == 550);
        serveur.repond(cas.quand, "");
        CHECK(client.envoyer(courriel()).issue == Issue::Acceptee);
    }
}

TEST_CASE("one refused recipient does not spoil the next") {
    ServeurSmtp serveur;
    serveur.repondPour("parti@exemple.fr", "550 5.1.1 parti");
    SmtpClient client(reglages(serveur.port()), kHorloge);
    CHECK(client.envoyer(courriel("lea@exemple.fr")).issue == Issue::Acceptee);
    CHECK(client.envoyer(courriel("parti@exemple.fr")).issue == Issue::Definitive);
    CHECK(client.envoyer(courriel("marc@exemple.fr")).issue == Issue::Acceptee);
    CHECK(serveur.recus().size() == 2);
}

TEST_CASE("a silence ends in time, wherever it comes") {
    for (const char* quand : {"BONJOUR", "EHLO", "MAIL", "RCPT", "DATA", "FIN"}) {
        CAPTURE(quand);
        ServeurSmtp serveur;
        serveur.repond(quand, kSeTait);
        SmtpClient client(reglages(serveur.port()), kHorloge);
        const auto debut = std::chrono::steady_clock::now();
        const ReponseSmtp reponse = client.envoyer(courriel());
        CHECK(std::chrono::steady_clock::now() - debut < 1500ms);
        CHECK(reponse.issue == Issue::Temporaire);
        CHECK(reponse.code == 0);
        CHECK(reponse.serveur);
        serveur.repond(quand, "");
        CHECK(client.envoyer(courriel()).issue == Issue::Acceptee);
    }
}

TEST_CASE("a connection cut after the final dot leaves the mail to be tried again, by the caller only") {
    ServeurSmtp serveur;
    SmtpClient client(reglages(serveur.port()), kHorloge);
    REQUIRE(client.envoyer(courriel()).issue == Issue::Acceptee);
    serveur.repond("FIN", kRaccroche);
    const ReponseSmtp reponse = client.envoyer(courriel());
    CHECK(reponse.issue == Issue::Temporaire);
    CHECK(reponse.etape == EtapeSmtp::Contenu);
    CHECK(reponse.serveur);
    CHECK(serveur.recus().size() == 2);  // not sent a third time by itself: the server may have kept it
}

TEST_CASE("a kept connection that died is replaced without losing a try") {
    ServeurSmtp serveur;
    SmtpClient client(reglages(serveur.port()), kHorloge);
    REQUIRE(client.envoyer(courriel()).issue == Issue::Acceptee);
    serveur.raccrocheTout();
    CHECK(client.envoyer(courriel()).issue == Issue::Acceptee);
    CHECK(serveur.connexions() == 2);
    serveur.repond("MAIL", "421 je ferme");
    CHECK(client.envoyer(courriel()).code == 421);
    CHECK(serveur.connexions() == 3);
    CHECK(serveur.recus().size() == 2);
}

TEST_CASE("nobody listening is a trouble of the server") {
    int port = 0;
    {
        ServeurSmtp serveur;
        port = serveur.port();
    }
    SmtpClient client(reglages(port), kHorloge);
    const ReponseSmtp reponse = client.envoyer(courriel());
    CHECK(reponse.issue == Issue::Temporaire);
    CHECK(reponse.etape == EtapeSmtp::Connexion);
    CHECK(reponse.serveur);
    CHECK_FALSE(reponse.explication.empty());
}

TEST_CASE("TLS is not given up when the server has none") {
    ServeurSmtp serveur;
    ReglagesSmtp r = reglages(serveur.port());
    r.securite = SecuriteSmtp::StartTls;
    SmtpClient client(r, kHorloge);
    CHECK(client.envoyer(courriel()).issue == Issue::Temporaire);
    CHECK(serveur.recus().empty());
}

TEST_CASE("a server that hangs at the leave-taking holds nobody up") {
    ServeurSmtp serveur;
    serveur.repond("QUIT", kSeTait);
    const auto debut = std::chrono::steady_clock::now();
    {
        SmtpClient client(reglages(serveur.port()), kHorloge);
        REQUIRE(client.envoyer(courriel()).issue == Issue::Acceptee);
        serveur.repond("RCPT", "550 inconnu");
        CHECK(client.envoyer(courriel()).issue == Issue::Definitive);  // libcurl leaves after a refusal
        serveur.repond("RCPT", "");
        REQUIRE(client.envoyer(courriel()).issue == Issue::Acceptee);
    }
    CHECK(std::chrono::steady_clock::now() - debut < 3s);
}

TEST_CASE("a try can be cut short from another thread, and what it held is let go") {
    ServeurSmtp serveur;
    serveur.repond("FIN", kSeTait);
    ReglagesSmtp r = reglages(serveur.port());
    r.delaiTotal = 30s;
    const auto debut = std::chrono::steady_clock::now();
    {
        SmtpClient client(r, kHorloge);
        std::thread fil([&] {
            while (serveur.recus().empty()) std::this_thread::sleep_for(5ms);
            client.interrompre();
        });
        const ReponseSmtp reponse = client.envoyer(courriel());
        fil.join();
        CHECK(reponse.issue == Issue::Temporaire);
        CHECK(reponse.etape == EtapeSmtp::Contenu);
    }
    CHECK(std::chrono::steady_clock::now() - debut < 3s);
}
