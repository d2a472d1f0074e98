// The names of received files.
#include <catch2/catch.hpp>

#include "libs/core/text.hpp"
#include "services/intake/domain/fichiers.hpp"

using namespace histologe;
using intake::titreDuFichier;

TEST_CASE("P-118: what a file system does not take is not in a title") {
    CHECK(titreDuFichier("a:b*c?d<e>f|g.txt") == "abcdefg");
    CHECK(titreDuFichier("a\"b.txt") == "ab");
    CHECK(titreDuFichier("C:\\photos\\cuisine.jpg") == "cuisine");
    CHECK(titreDuFichier("../../etc/passwd") == "passwd");
    CHECK(titreDuFichier("\\/:*?\"<>|").empty());
}

TEST_CASE("P-119: line ends and tabs are one blank, and blanks neither run nor stand at the ends") {
    CHECK(titreDuFichier("la\ncuisine.jpg") == "la cuisine");
    CHECK(titreDuFichier("la\r\ncuisine.jpg") == "la cuisine");
    CHECK(titreDuFichier("la\tcuisine.jpg") == "la cuisine");
    CHECK(titreDuFichier("  la \t\n  cuisine  .jpg") == "la cuisine");
    CHECK(titreDuFichier("a\x01\x7f""b.jpg") == "ab");
    CHECK(titreDuFichier(" \n\t.jpg").empty());
}

TEST_CASE("P-120: an ordinary name stays as it is") {
    CHECK(titreDuFichier("GAUTIER_GARANX-2025") == "GAUTIER_GARANX-2025");
    CHECK(titreDuFichier("GAUTIER_GARANX-2025.pdf") == "GAUTIER_GARANX-2025");
    CHECK(titreDuFichier("État des lieux (2).v3.pdf") == "État des lieux (2).v3");
    CHECK(titreDuFichier(".profile") == ".profile");
}

TEST_CASE("a long name is cut between two characters, and bytes that are no text are no name") {
    const auto titre = titreDuFichier("a" + [] {
        std::string long_;
        for (int i = 0; i < 150; ++i) long_ += "é";
        return long_;
    }());
    CHECK(titre.size() == 199);
    CHECK(core::isUtf8(titre));
    CHECK(titreDuFichier("\xff\xfe.jpg").empty());
}
