// How a usager is recognised, what he may write, and the secrets that open doors.
#include "services/intake/domain/espace_usager.hpp"

#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "services/intake/domain/droits_usager.hpp"
#include "services/intake/domain/secrets.hpp"
#include "services/intake/domain/section.hpp"

using namespace histologe::intake;

TEST_CASE("D-41: the first letter of a name, whatever its case and accents") {
    CHECK((initialeConcorde("E", "Élodie") && initialeConcorde("E", "Émile")));
    CHECK(initialeConcorde("e", "Élodie"));
    CHECK(initialeConcorde("É", "elodie"));
    CHECK(initialeConcorde(" é ", "Élodie"));
    CHECK(initialeConcorde("e\xCC\x81", "Élodie"));  // the accent as a character of its own
    CHECK(initialeConcorde("Œ", "Œuvrard"));
    CHECK(initialeConcorde("O", "Œuvrard"));
    CHECK(initialeConcorde("Ç", "Cécile"));
    CHECK(initialeConcorde("d", "  d'Artagnan"));
    CHECK(initialeConcorde("l", "'La Fontaine"));
    CHECK(initialeConcorde("L", "Łukasz") == initialeConcorde("l", "łukasz"));
}

TEST_CASE("what is no first letter opens nothing") {
    for (const std::string typed : {"", " ", "x", "el", "élo", "Élodie", ".", "%", "_", "\xFF", "\xC3"}) {
        CAPTURE(typed);
        CHECK_FALSE(initialeConcorde(typed, "Élodie"));
    }
    CHECK_FALSE(initialeConcorde("", ""));
    CHECK_FALSE(initialeConcorde(" ", ""));
    CHECK_FALSE(initialeConcorde("a", ""));
    CHECK_FALSE(initialeConcorde("-", "-"));
}

TEST_CASE("D-88: a message has ten characters of text, and a picture is a file") {
    CHECK(refusDuTexte("Neuf cara").find("trop_court") == 0);
    CHECK(refusDuTexte("   Neuf cara   ") == "trop_court");
    CHECK(refusDuTexte("Dix caract").empty());
    CHECK(refusDuTexte("éééééééééé").empty());  // characters, not bytes
    CHECK(refusDuTexte(std::string(kTexteMax, 'a')).empty());
    CHECK(refusDuTexte(std::string(kTexteMax + 1, 'a')) == "trop_long");
    CHECK(refusDuTexte("Voyez <img src=\"data:image/png;base64,iVBORw0KGgo=\">") == "image_collee");
    CHECK(refusDuTexte(std::string("Un texte avec un z\0ro dedans", 28)) == "caractere_interdit");
    CHECK(refusDuTexte("Un texte cass\xC3") == "caractere_interdit");
    CHECK(refusDuTexte("Une ligne\net une autre, <b>grasse</b>.").empty());
    for (const auto refus : {"trop_court", "trop_long", "image_collee", "caractere_interdit"}) {
        CHECK_FALSE(motsDuRefus(refus).empty());
    }
}

TEST_CASE("secrets are the same or are not") {
    CHECK(memeSecret("abc", "abc"));
    CHECK(memeSecret("", ""));
    CHECK_FALSE(memeSecret("abc", "abd"));
    CHECK_FALSE(memeSecret("abc", "ab"));
    CHECK_FALSE(memeSecret("abc", ""));
    CHECK(empreinteDuSecret("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a landlord's code is read aloud and typed without being mistaken") {
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const auto code = nouveauCodeBailleur();
        CHECK(code.size() == 19);
        CHECK(code.find_first_of("01IOio") == std::string::npos);
        CHECK(codeBailleurNormalise(code) == code);
        seen.insert(code);
    }
    CHECK(seen.size() == 200);
    CHECK(codeBailleurNormalise("7kqm 2xha pb4d 9tzc") == "7KQM-2XHA-PB4D-9TZC");
    CHECK(codeBailleurNormalise("7KQM2XHAPB4D9TZC") == "7KQM-2XHA-PB4D-9TZC");
    for (const std::string wrong :
         {"", "7KQM", "7KQM-2XHA-PB4D-9TZC-9", "7KQM-2XHA-PB4D-9TZ0", "é", "7KQM-2XHA-PB4D-9TZ'"}) {
        CHECK(codeBailleurNormalise(wrong).empty());
    }
}

TEST_CASE("who somebody says he is") {
    CHECK(usagerDe("occupant") == Personne::Occupant);
    CHECK(usagerDe("Déclarant") == Personne::Declarant);
    CHECK_FALSE(usagerDe("bailleur"));
    CHECK_FALSE(usagerDe("porteur"));
    CHECK_FALSE(usagerDe(""));
}

TEST_CASE("the sections of usagers have names and fields of their own, once each") {
    std::set<std::string_view> names;
    for (const auto& section : sectionsDesUsagers()) {
        CHECK(names.insert(section.nom).second);
        std::set<std::string_view> fields;
        for (const auto& champ : section.champs) {
            CHECK(fields.insert(champ.nom).second);
            CHECK_FALSE(champ.libelle.empty());
        }
    }
    CHECK(names.size() == 9);
    // Where the dwelling is, and whether somebody lives there, is said by agents.
    CHECK(champNomme(*sectionNommee(sectionsDesUsagers(), "adresse"), "codePostal") == nullptr);
    CHECK(sectionNommee(sectionsDesUsagers(), "logement-vacant") == nullptr);
}
