#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "tests/support/message_recu.hpp"
#include "tests/support/serveur_smtp.hpp"
#include "tests/system/notification/banc.hpp"

using namespace histologe;
using namespace histologe::notification;
using namespace histologe::notification::test;
using namespace std::chrono_literals;
using histologe::test::kSeTait;
using histologe::test::ServeurSmtp;

TEST_CASE("every mail owed is sent once, recorded, and said") {
    Banc banc;
    banc.doit(120);
    ServeurSmtp serveur;
    Expedition expedition(banc.reglages(serveur.port()), banc.boite, banc.horloge, banc.mesures);
    expedition.start();
    REQUIRE(attend([&] { return banc.valeur("SELECT count(*) FROM courriels WHERE etat = 'ENVOYE'") == "120"; }));
    expedition.stop();
    CHECK(serveur.connexions() == 4);
    std::map<std::string, std::string> parDestinataire;
    for (const auto& recu : serveur.recus()) {
        auto lu = histologe::test::lire(recu.contenu);
        CHECK(parDestinataire.emplace(recu.a, lu.entetes["message-id"]).second);
    }
    CHECK(parDestinataire.size() == 120);
    CHECK(banc.valeur("SELECT count(*) FROM courriels WHERE variables <> '{}' OR bail IS NOT NULL OR essais <> 1") ==
          "0");
    CHECK(banc.valeur("SELECT count(DISTINCT donnees ->> 'courrielId') || ' ' || count(*) FROM evenements "
                      "WHERE type = 'notification.envoyee' AND sujet = 's1' AND personnel::text = '{}'") == "120 120");
    const std::string id = banc.valeur("SELECT id FROM courriels WHERE destinataire = 'a7@exemple.fr'");
    CHECK(parDestinataire.at("a7@exemple.fr") == "<courriel." + id + "@exemple.fr>");
    CHECK(banc.valeur("SELECT donnees ->> 'messageId' FROM evenements WHERE donnees ->> 'courrielId' = '" + id + "'") ==
          parDestinataire.at("a7@exemple.fr"));
    CHECK(banc.mesures.expose().find("histologe_mail_tries_total{issue=\"acceptee\"} 120") != std::string::npos);
}

TEST_CASE("nothing is sent before the commit, and at once after it when it rings") {
    Banc banc;
    ServeurSmtp serveur;
    ReglagesExpedition reglages = banc.reglages(serveur.port());
    reglages.repos = 10s;
    Expedition expedition(reglages, banc.boite, banc.horloge, banc.mesures);
    expedition.start();
    auto base = banc.connexion();
    {
        postgres::Transaction transaction(base);
        ajouterCourriels(transaction, {{TypeCourriel::LienSuivi, "s1", "d1", "lea@exemple.fr", "", {}}},
                         banc.horloge.now());
        CHECK(transaction.query({"compte", "SELECT count(*) FROM courriels"})[0].integer(0) == 1);
        expedition.reveiller();
        std::this_thread::sleep_for(200ms);
        CHECK(serveur.recus().empty());
        transaction.commit();
    }
    const auto debut = std::chrono::steady_clock::now();
    expedition.reveiller();
    CHECK(attend([&] { return serveur.recus().size() == 1; }, 2s));
    CHECK(std::chrono::steady_clock::now() - debut < 500ms);
}

TEST_CASE("instances share the work, each mail goes once") {
    Banc banc;
    banc.doit(300);
    ServeurSmtp serveur;
    core::Metrics autres;
    Expedition une(banc.reglages(serveur.port()), banc.boite, banc.horloge, banc.mesures);
    Expedition deux(banc.reglages(serveur.port()), banc.boite, banc.horloge, autres);
    une.start();
    deux.start();
    REQUIRE(attend([&] { return banc.valeur("SELECT count(*) FROM courriels WHERE etat = 'ENVOYE'") == "300"; }));
    une.stop();
    deux.stop();
    std::set<std::string> destinataires;
    for (const auto& recu : serveur.recus()) destinataires.insert(recu.a);
    CHECK(serveur.recus().size() == 300);
    CHECK(destinataires.size() == 300);
}

TEST_CASE("a recipient refused for good is given up at the first try, the others are served") {
    Banc banc;
    banc.doit(10);
    ServeurSmtp serveur;
    serveur.repondPour("a3@exemple.fr", "550 5.1.1 <a3@exemple.fr> inconnu");
    Expedition expedition(banc.reglages(serveur.port()), banc.boite, banc.horloge, banc.mesures);
    expedition.start();
    REQUIRE(attend(
        [&] { return banc.valeur("SELECT count(*) FROM courriels WHERE etat IN ('ENVOYE', 'ECHEC')") == "10"; }));
    expedition.stop();
    CHECK(banc.valeur("SELECT destinataire || ' ' || essais || ' ' || erreur FROM courriels WHERE etat = 'ECHEC'") ==
          "a3@exemple.fr 1 550 5.1.1 *** inconnu");
    CHECK(serveur.recus().size() == 9);
}

TEST_CASE("tries grow apart and end with the mail's age") {
    Banc banc;
    banc.doit(1);
    ServeurSmtp serveur;
    serveur.repond("RCPT", "450 plus tard");
    core::DrivenClock horloge(banc.horloge.now());
    streams::Outbox boite("notification", 4, horloge, banc.sonnette);
    ReglagesExpedition reglages = banc.reglages(serveur.port());
    reglages.reprise = PolitiqueReprise{};
    Expedition expedition(reglages, boite, horloge, banc.mesures);
    expedition.start();
    const auto essais = [&](const std::string& combien) {
        return attend([&] { return banc.valeur("SELECT essais || etat FROM courriels") == combien + "A_ENVOYER"; });
    };
    REQUIRE(essais("1"));
    int rang = 1;
    for (const auto delai : {30s, 120s, 600s, 3600s, 21600s}) {
        const auto attente = std::stod(banc.valeur("SELECT extract(epoch FROM prochain_essai - '" +
                                                   core::toRfc3339(horloge.now()) + "'::timestamptz) FROM courriels"));
        CAPTURE(rang);
        CHECK(attente >= 0.8 * static_cast<double>(delai.count()) - 1);
        CHECK(attente <= 1.2 * static_cast<double>(delai.count()) + 1);
        horloge.advance(delai * 12 / 10 + 1s);
        REQUIRE(essais(std::to_string(++rang)));
    }
    horloge.advance(5 * 24h);
    REQUIRE(attend([&] { return banc.valeur("SELECT etat FROM courriels") == "ECHEC"; }));
    expedition.stop();
    CHECK(serveur.recus().empty());
}

TEST_CASE("stopping is quick even when the server hangs, and leaves nothing leased") {
    Banc banc;
    banc.doit(50);
    ServeurSmtp serveur;
    serveur.repond("FIN", kSeTait);
    ReglagesExpedition reglages = banc.reglages(serveur.port());
    reglages.smtp.delaiTotal = 30s;
    reglages.bail = 120s;
    Expedition expedition(reglages, banc.boite, banc.horloge, banc.mesures);
    expedition.start();
    REQUIRE(attend([&] { return serveur.recus().size() == 4; }));
    const auto debut = std::chrono::steady_clock::now();
    expedition.stop();
    CHECK(std::chrono::steady_clock::now() - debut < 4s);
    CHECK(banc.valeur("SELECT count(*) FROM courriels WHERE etat = 'A_ENVOYER'") == "50");
    CHECK(banc.valeur("SELECT count(*) FROM courriels WHERE essais = 1") == "4");
}
