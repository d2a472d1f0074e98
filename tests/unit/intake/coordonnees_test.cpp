// E-mail addresses and phone numbers.
#include <catch2/catch.hpp>

#include "services/intake/domain/courriel.hpp"
#include "services/intake/domain/telephone.hpp"
#include "tests/unit/intake/commun.hpp"

using namespace histologe::intake;
using namespace histologe::intake::essais;

TEST_CASE("e-mail addresses that a server takes") {
    for (const char* bon : {"a.b@example.org", "jean+maison@sous.domaine.example.org", "o'neil@example.fr", "x@a-b.fr",
                            "1234@example.fr", "a_b-c@example.co"}) {
        CAPTURE(bon);
        CHECK(courrielValide(bon));
    }
}

TEST_CASE("texts that are no e-mail address") {
    for (const char* mauvais :
         {"",         "@",         "a@",       "@b.fr",     "a@b",     "a b@c.fr",      "a@b c.fr",     ".a@b.fr",
          "a.@b.fr",  "a..b@c.fr", "a@b..fr",  "a@-b.fr",   "a@b-.fr", "a@[127.0.0.1]", "\"a b\"@c.fr", "a(c)@b.fr",
          "a@b@c.fr", "a@b.fr ",   "a@b.fr\n", "a@1.2.3.4", "é@b.fr",  "a@é.fr",        "a,b@c.fr",     "<a@b.fr>"}) {
        CAPTURE(mauvais);
        CHECK_FALSE(courrielValide(mauvais));
    }
    const auto adresse = [](std::size_t locale, std::size_t etiquette) {
        std::string texte(locale, 'a');
        texte.append("@").append(etiquette, 'b').append(".fr");
        return texte;
    };
    CHECK(courrielValide(adresse(64, 63)));
    CHECK_FALSE(courrielValide(adresse(65, 1)));
    CHECK_FALSE(courrielValide(adresse(1, 64)));
    CHECK_FALSE(courrielValide(adresse(10000, 1)));
    CHECK_FALSE(courrielValide(std::string("a\0@b.fr", 7)));
}

TEST_CASE("phones take their kept form") {
    CHECK(telephoneNormalise("06 39 98 00 01", "") == "+330639980001");
    CHECK(telephoneNormalise("06-39.98-00.01", "FR:33") == "+330639980001");
    CHECK(telephoneNormalise("+33639980001", "FR:33") == "+33639980001");
    CHECK(telephoneNormalise("0033639980001", "") == "+33639980001");
    CHECK(telephoneNormalise("3210007", "KM:269") == "+2693210007");
    CHECK(telephoneNormalise("0612", "FR:") == "+330612");
    CHECK(telephoneNormalise("0612", "FR") == "+330612");
    CHECK(telephoneNormalise(" ", "") == "+33");
}

TEST_CASE("phone numbers that are possible") {
    for (const char* bon : {"+330639980001", "+33639980001", "33639980001", "0639980001", "06 39 98 00 01",
                            "+2693210007", "+330199000021", "+32470123456", "+12025550123"}) {
        CAPTURE(bon);
        CHECK(telephoneValide(bon));
    }
    for (const char* mauvais : {"", "+", "+33", "+33063998000102", "+330808080808D", "+33abc", "+33 06", "12",
                                "++330639980001", "+9990639980001", "0639980001x", "+33０６３９９８０００１"}) {
        CAPTURE(mauvais);
        CHECK_FALSE(telephoneValide(mauvais));
    }
    CHECK_FALSE(telephoneValide(std::string(10000, '1')));
    CHECK_FALSE(telephoneValide(std::string("+33063998000\0", 13)));
}

TEST_CASE("French numbers decided without the numbering plans are those that the plans hold possible") {
    // The national writing goes through the plans; the kept form does not.
    unsigned graine = 12345;
    for (int essai = 0; essai < 2000; ++essai) {
        std::string national = "0";
        for (int i = 0; i < 9; ++i) {
            graine = graine * 1103515245U + 12345U;
            const unsigned chiffre = (graine >> 16U) % 10U;
            national.push_back(static_cast<char>('0' + (i == 0 ? 1 + chiffre % 9 : chiffre)));
        }
        CAPTURE(national);
        REQUIRE(telephoneValide("+33" + national));
        REQUIRE(telephoneValide(national));
    }
}

TEST_CASE("phones in a draft: dropped when empty, refused when impossible, of the country chosen") {
    histologe::core::Json charge = echantillon("step__validation_signalement__locataire");
    charge["vos_coordonnees_occupant_tel_secondaire"] = "";
    CHECK(violationsDe(charge) == Liste{});
    charge["vos_coordonnees_occupant_tel_secondaire"] = "0808080808D";
    CHECK(violationsDe(charge) == Liste{"vosCoordonneesOccupantTelSecondaire: telephone_invalide"});
    charge["vos_coordonnees_occupant_tel_secondaire"] = "3210007";
    charge["vos_coordonnees_occupant_tel_secondaire_countrycode"] = "KM:269";
    CHECK(violationsDe(charge) == Liste{});
    charge["vos_coordonnees_occupant_tel_secondaire_countrycode"] = 12;
    CHECK(violationsDe(charge) == Liste{"vosCoordonneesOccupantTelSecondaire: telephone_invalide"});
    charge["vos_coordonnees_occupant_tel_secondaire_countrycode"] = "FR:" + std::string(10000, '3');
    CHECK(violationsDe(charge) == Liste{"vosCoordonneesOccupantTelSecondaire: telephone_invalide"});
    charge["vos_coordonnees_occupant_tel_secondaire"] = 639980001;
    charge["vos_coordonnees_occupant_tel_secondaire_countrycode"] = "FR:33";
    CHECK(violationsDe(charge) == Liste{});
}
