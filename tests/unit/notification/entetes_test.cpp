#include "services/notification/mail/entetes.hpp"

#include <catch2/catch.hpp>

#include "libs/core/text.hpp"
#include "tests/support/message_recu.hpp"

using namespace histologe;
using namespace histologe::notification;

namespace {

void verifieLignes(const std::string& nom, const std::string& valeur) {
    std::size_t avance = nom.size() + 2;
    for (const std::string& ligne : core::split(valeur, '\n')) {
        const std::string sansRetour = ligne.substr(0, ligne.find('\r'));
        CAPTURE(ligne);
        CHECK(avance + sansRetour.size() <= 76);
        CHECK((avance != 0 || sansRetour.empty() || sansRetour.front() == ' '));
        avance = 0;
    }
}

}  // namespace

TEST_CASE("a text is put on one line whatever breaks lines in it") {
    CHECK(surUneLigne("a\r\nBcc: b") == "a Bcc: b");
    CHECK(surUneLigne("\n\r\t a \v\f b\n") == "a b");
    CHECK(surUneLigne(std::string_view("a\0b", 3)) == "a b");
    CHECK(surUneLigne("a\xC2\x85"
                      "b\xE2\x80\xA8"
                      "c\xE2\x80\xA9"
                      "d") == "a b c d");
    CHECK(surUneLigne("a\xff\xc3") == "a\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(surUneLigne("é à") == "é à");
    CHECK(surUneLigne("").empty());
}

TEST_CASE("a subject in French is encoded in short lines and reads back the same") {
    const std::string court = valeurEncodee("Subject", "Bonjour");
    CHECK(court == "Bonjour");
    std::string tresLong(200, 'e');
    tresLong += "\xC3\xA9";
    tresLong.append(1000, 'f');
    for (const std::string& sujet :
         {std::string("HISTOLOGE BOUCHES-DU-RHÔNE - Votre signalement est bien arrivé"), std::string("é"),
          std::string("déjà =?UTF-8?Q?vu?= là"), std::string("=?UTF-8?Q?pi=C3=A8ge?="), tresLong,
          std::string("🏠 logement _ souligné ? = fin")}) {
        const std::string valeur = valeurEncodee("Subject", sujet);
        verifieLignes("Subject", valeur);
        std::string deplie = valeur;
        for (std::size_t p = 0; (p = deplie.find("\r\n ", p)) != std::string::npos;) deplie.replace(p, 3, " ");
        CHECK(test::decoder(deplie) == sujet);
    }
}

TEST_CASE("a name cannot open a header of its own") {
    const std::string piege = "Mairie\r\nBcc: voleur@exemple.fr\r\n\r\n<script>";
    for (const std::string& valeur : {boite("From", piege, "a@exemple.fr"), valeurEncodee("Subject", piege)}) {
        for (std::size_t p = 0; (p = valeur.find('\n', p)) != std::string::npos; ++p) {
            REQUIRE(p + 1 < valeur.size());
            CHECK(valeur[p - 1] == '\r');
            CHECK(valeur[p + 1] == ' ');  // only folds
        }
    }
    CHECK(boite("From", "HISTOLOGE - AIN", "a@exemple.fr") == "\"HISTOLOGE - AIN\"\r\n <a@exemple.fr>");
    CHECK(boite("From", "dit \"l'autre\" \\", "a@exemple.fr") == "\"dit \\\"l'autre\\\" \\\\\"\r\n <a@exemple.fr>");
    CHECK(boite("From", "", "a@exemple.fr") == "a@exemple.fr");
    CHECK(boite("From", "é", "a@exemple.fr") == "=?UTF-8?Q?=C3=A9?=\r\n <a@exemple.fr>");
}

TEST_CASE("dates of headers") {
    CHECK(dateDEntete(*core::parseInstant("2026-11-25T08:30:00Z")) == "Wed, 25 Nov 2026 08:30:00 +0000");
    CHECK(dateDEntete(*core::parseInstant("2024-02-29T23:59:59.9Z")) == "Thu, 29 Feb 2024 23:59:59 +0000");
}

TEST_CASE("upper case keeps or drops accents") {
    CHECK(majuscules("Bouches-du-Rhône") == "BOUCHES-DU-RHÔNE");
    CHECK(majuscules("œuvre ÿ ç à ÷") == "ŒUVRE Ÿ Ç À ÷");
    CHECK(majusculesSansAccent("Bouches-du-Rhône") == "BOUCHES-DU-RHONE");
    CHECK(majusculesSansAccent("Réunion") == "REUNION");
}
