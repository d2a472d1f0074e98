// When two addresses are the same place.
#include "services/intake/domain/adresse.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/intake/commun.hpp"

using namespace histologe;
using namespace histologe::intake;
using namespace histologe::intake::essais;

namespace {

const domain::Communes& communes() {
    static const auto kCommunes = domain::Communes::fromCsv(fichier("data/communes.csv"));
    return kCommunes;
}

std::vector<std::string> cles(std::string_view codePostal, std::string_view commune) {
    return clesAdresse("1 rue X", codePostal, commune, communes());
}

}  // namespace

TEST_CASE("D-07 a number and its suffix are the same with or without a blank") {
    CHECK(voiePliee("12bis rue X") == voiePliee("12 bis rue X"));
    CHECK(voiePliee("12BIS, Rue X") == voiePliee("12 bis rue x"));
    CHECK(voiePliee("12 bis rue X") != voiePliee("12 rue X"));
    CHECK(voiePliee("12 bis rue X") != voiePliee("12 ter rue X"));
    CHECK(voiePliee("1 2 rue X") != voiePliee("12 rue X"));
    CHECK(voiePliee("12 rue X") != voiePliee("112 rue X"));
}

TEST_CASE("L-2 a street that begins with a letter and an apostrophe keeps its name") {
    CHECK(voiePliee("10 D'Artagnan") == "10 d artagnan");
    CHECK(voiePliee("10 d’Artagnan") == voiePliee("10 D'ARTAGNAN"));
    CHECK(voiePliee("10 D'Artagnan") != voiePliee("10 Artagnan"));
}

TEST_CASE("L-4 case, accents, hyphens and abbreviations keep no two streets apart") {
    CHECK(voiePliee("3 Allée de l'Église") == "3 allee de l eglise");
    CHECK(voiePliee("3, av. Jean-Jaurès") == voiePliee("3 AVENUE JEAN JAURES"));
    CHECK(voiePliee("5 Bd. St-Michel") == voiePliee("5 boulevard Saint Michel"));
    CHECK(voiePliee("5 rue Ste Anne") == voiePliee("5 rue Sainte-Anne"));
    CHECK(voiePliee("  8   place  du  Bœuf ") == "8 place du boeuf");
    CHECK(voiePliee("5 rue de l’Œuvre — bâtiment B") == "5 rue de l oeuvre batiment b");
    CHECK(voiePliee(" , ") == "");
    CHECK(voiePliee("5 rue \xff\xfe") == voiePliee("5 rue"));
}

TEST_CASE("D-08 the commune is told by its code, arrondissements by their city") {
    CHECK(communeEntiere("13201") == "13055");
    CHECK(communeEntiere("13216") == "13055");
    CHECK(communeEntiere("13217") == "13217");
    CHECK(communeEntiere("69381") == "69123");
    CHECK(communeEntiere("69389") == "69123");
    CHECK(communeEntiere("75120") == "75056");
    CHECK(communeEntiere("75121") == "75121");
    CHECK(communeEntiere("2a004") == "2A004");
    CHECK(communeEntiere("1323") == "1323");
    CHECK(cleAdresse("12bis Rue X", "13001", "13201") == cleAdresse("12 bis rue X", "13001", "13055"));
    CHECK(cleAdresse("1 rue X", "13001", "13055") != cleAdresse("1 rue X", "13002", "13055"));
    CHECK(cleAdresse("1 rue X", "01200", "74109") != cleAdresse("1 rue X", "01200", "01033"));
}

TEST_CASE("an address with the name of its commune has the keys of the communes of that name") {
    CHECK(cles("93200", "St-Denis") == std::vector<std::string>{"1 rue x|93200|93066"});
    CHECK(cles("93200", "SAINT DENIS") == cles("93200", "Saint-Denis"));
    CHECK(cles("13001", "Marseille") == std::vector<std::string>{"1 rue x|13001|13055"});
    CHECK(cles("13001", "Marseille 1er Arrondissement") == cles("13001", "marseille"));
    CHECK(cles("13001", "Paris").empty());
    CHECK(cles("99999", "Marseille").empty());
    CHECK(cles("abc", "Marseille").empty());
}
