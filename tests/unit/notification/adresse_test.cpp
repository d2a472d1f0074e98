#include <catch2/catch.hpp>

#include "services/notification/domain/adresse_courriel.hpp"

using histologe::notification::adresseCourriel;

TEST_CASE("an address is put in one form") {
    CHECK(adresseCourriel("  Jean.Dupont@Exemple.FR ") == "jean.dupont@exemple.fr");
    CHECK(adresseCourriel("a+b_c@sous.domaine.exemple.fr") == "a+b_c@sous.domaine.exemple.fr");
    CHECK(adresseCourriel("rené@exemple.fr") == "rené@exemple.fr");
    CHECK(adresseCourriel("contact@préfecture.exemple.fr") == "contact@préfecture.exemple.fr");
}

TEST_CASE("what could harm an envelope is no address") {
    for (const char* texte : {"",
                              " ",
                              "NC",
                              "sans-arobase",
                              "@exemple.fr",
                              "a@",
                              "a@exemple",
                              "a@@exemple.fr",
                              "a@b@exemple.fr",
                              ".a@exemple.fr",
                              "a.@exemple.fr",
                              "a..b@exemple.fr",
                              "a@exemple..fr",
                              "a@.exemple.fr",
                              "a@exemple.fr.",
                              "a@-exemple.fr",
                              "a@exemple-.fr",
                              "a b@exemple.fr",
                              "a@exemple.fr\r\nBcc: x@exemple.fr",
                              "a@exemple.fr\nRCPT TO:<x@exemple.fr>",
                              "<a@exemple.fr>",
                              "a@exemple.fr,b@exemple.fr",
                              "a;b@exemple.fr",
                              "\"a\"@exemple.fr",
                              "a@exe_mple.fr",
                              "a\\@exemple.fr",
                              "a\xff@exemple.fr",
                              "a\x01@exemple.fr",
                              "a@[127.0.0.1]"}) {
        CAPTURE(texte);
        CHECK_FALSE(adresseCourriel(texte).has_value());
    }
    using namespace std::string_literals;
    CHECK_FALSE(adresseCourriel("a@exemple.fr\0b@exemple.fr"s).has_value());
    CHECK_FALSE(adresseCourriel(std::string(65, 'a') + "@exemple.fr").has_value());
    CHECK(adresseCourriel(std::string(64, 'a') + "@exemple.fr").has_value());
    CHECK_FALSE(adresseCourriel("a@" + std::string(64, 'b') + ".fr").has_value());
    CHECK_FALSE(adresseCourriel("a@" + std::string(60, 'b') + "." + std::string(60, 'b') + "." + std::string(60, 'b') +
                                "." + std::string(60, 'b') + "." + std::string(20, 'b'))
                    .has_value());
}
