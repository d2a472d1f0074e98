#include "libs/core/text.hpp"

#include <catch2/catch.hpp>

using namespace histologe::core;

TEST_CASE("UTF-8 is told from what is not") {
    CHECK(isUtf8("Élodie à l'Œuvre €𝄞"));
    for (const char* bytes : {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"}) {
        CHECK_FALSE(isUtf8(bytes));
    }
    CHECK(countCharacters("Élodie") == 6);
}

TEST_CASE("folding compares French texts as people do") {
    CHECK(fold("  Évêché   d'Œuvre ") == "eveche d'oeuvre");
    CHECK(fold("ÇA va\xc2\xa0" "bien") == "ca va bien");
    CHECK(fold("e\xcc\x81" "t\xc3\xa9") == "ete");
    CHECK(fold("L\xe2\x80\x99\xc3\x8ele") == fold("l'ile"));
}

TEST_CASE("small conversions") {
    CHECK(toCamelCase("composition_logement_nb_pieces") == "compositionLogementNbPieces");
    CHECK(trim(" \t a b \n") == "a b");
    CHECK(split("a,,b", ',') == std::vector<std::string>{"a", "", "b"});
    CHECK(escapeHtml("<a href=\"x\">&'") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
}
