// The mail server refuses, hangs, cuts, comes back; our process or the database dies. Each test ends by proving
// recovery.
#include <map>
#include <optional>
#include <set>

#include <catch2/catch.hpp>

#include "tests/support/message_recu.hpp"
#include "tests/support/serveur_smtp.hpp"
#include "tests/system/notification/banc.hpp"

using namespace histologe;
using namespace histologe::notification;
using namespace histologe::notification::test;
using namespace std::chrono_literals;
using histologe::test::kRaccroche;
using histologe::test::kSeTait;
using histologe::test::ServeurSmtp;

namespace {

// Message-IDs by recipient, each with the number of times it came.
std::map<std::string, std::map<std::string, int>> boites(const ServeurSmtp& serveur) {
    std::map<std::string, std::map<std::string, int>> vues;
    for (const auto& recu : serveur.recus()) ++vues[recu.a][histologe::test::lire(recu.contenu).entetes["message-id"]];
    return vues;
}

bool tousEnvoyes(const Banc& banc, int combien) {
    return banc.valeur("SELECT count(*) FROM courriels WHERE etat = 'ENVOYE'") == std::to_string(combien);
}

}  // namespace

TEST_CASE("a server that refuses, then hangs, then is back receives every mail once") {
    Banc banc;
    ServeurSmtp serveur;
    serveur.repond("BONJOUR", "554 ferme");
    Expedition expedition(banc.reglages(serveur.port()), banc.boite, banc.horloge, banc.mesures);
    expedition.start();
    banc.doit(60);
    std::this_thread::sleep_for(500ms);
    serveur.repond("BONJOUR", "");
    serveur.repond("RCPT", kSeTait);
    std::this_thread::sleep_for(1s);
    CHECK(banc.valeur("SELECT count(*) FROM courriels WHERE etat = 'ENVOYE'") == "0");
    CHECK(std::stoi(banc.valeur("SELECT sum(essais) FROM courriels")) < 40);  // left alone, not hammered
    serveur.repond("RCPT", "");
    REQUIRE(attend([&] { return tousEnvoyes(banc, 60); }));
    expedition.stop();
    const auto vues = boites(serveur);
    CHECK(vues.size() == 60);
    CHECK(serveur.recus().size() == 60);
}

TEST_CASE("mails that failed with the server do not wait for their own delay once it is back") {
    Banc banc;
    banc.doit(5);
    ServeurSmtp serveur;
    serveur.repond("MAIL", "451 plus tard");
    ReglagesExpedition reglages = banc.reglages(serveur.port());
    reglages.reprise.delais = {1h};
    Expedition expedition(reglages, banc.boite, banc.horloge, banc.mesures);
    expedition.start();
    REQUIRE(attend([&] { return banc.valeur("SELECT count(*) FROM courriels WHERE attend_serveur") == "5"; }));
    serveur.repond("MAIL", "");
    banc.doit(1, "s2");
    CHECK(attend([&] { return tousEnvoyes(banc, 6); }));
}

TEST_CASE("a process that died between the acceptance and its record repeats the same Message-ID") {
    Banc banc;
    banc.doit(3);
    ServeurSmtp serveur;
    {
        // What such a process leaves: mails sent, leases never ended.
        auto base = banc.connexion();
        const core::Instant now = banc.horloge.now();
        const ReglagesExpedition reglages = banc.reglages(serveur.port());
        Expediteur mort(reglages.presentation, reglages.smtp, reglages.reprise, banc.horloge);
        const auto lot = bailler(base, "mort", now, now + 1s, 2);
        REQUIRE(lot.size() == 2);
        for (const auto& baille : lot) REQUIRE(mort.envoyer(baille).fin.etat == Etat::Envoye);
    }
    Expedition expedition(banc.reglages(serveur.port()), banc.boite, banc.horloge, banc.mesures);
    expedition.start();
    REQUIRE(attend([&] { return tousEnvoyes(banc, 3); }));
    expedition.stop();
    int envois = 0;
    for (const auto& [destinataire, identites] : boites(serveur)) {
        CAPTURE(destinataire);
        CHECK(identites.size() == 1);
        envois += identites.begin()->second;
    }
    CHECK(envois == 5);
}

TEST_CASE("a connection cut after the final dot repeats the mail under the same Message-ID") {
    Banc banc;
    banc.doit(2);
    ServeurSmtp serveur;
    serveur.repond("FIN", kRaccroche);
    Expedition expedition(banc.reglages(serveur.port()), banc.boite, banc.horloge, banc.mesures);
    expedition.start();
    REQUIRE(attend([&] { return serveur.recus().size() >= 2; }));
    serveur.repond("FIN", "");
    REQUIRE(attend([&] { return tousEnvoyes(banc, 2); }));
    expedition.stop();
    for (const auto& [destinataire, identites] : boites(serveur)) CHECK(identites.size() == 1);
}

TEST_CASE("a database that dies in the middle neither loses nor repeats a mail") {
    Banc banc;
    banc.doit(400);
    ServeurSmtp serveur;
    ReglagesExpedition reglages = banc.reglages(serveur.port());
    reglages.bail = 60s;
    Expedition expedition(reglages, banc.boite, banc.horloge, banc.mesures);
    expedition.start();
    REQUIRE(attend([&] { return serveur.recus().size() > 50; }));
    banc.environnement().killPostgres();
    std::this_thread::sleep_for(300ms);
    banc.environnement().startPostgres();
    REQUIRE(attend([&] { return tousEnvoyes(banc, 400); }));
    expedition.stop();
    CHECK(serveur.recus().size() == 400);
    CHECK(boites(serveur).size() == 400);
    CHECK(banc.valeur("SELECT count(*) FROM evenements WHERE type = 'notification.envoyee'") == "400");
}
