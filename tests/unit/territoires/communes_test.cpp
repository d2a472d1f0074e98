#include "libs/domain/territoires/communes.hpp"

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "tests/unit/territoires/data.hpp"

using namespace histologe::domain;

TEST_CASE("the shipped table holds every commune") {
    const auto& table = realCommunes();
    CHECK(table.size() == 35728);
    CHECK(table.skipped() == 0);
    CHECK(table.find(postal("13002"), insee("13202"))->nom == "Marseille 2e Arrondissement");
    CHECK(table.find(postal("20272"), insee("2B364"))->nom == "Zuani");
    CHECK_FALSE(table.find(postal("13002"), insee("13201")).has_value());
    CHECK(table.nameOf(insee("10003")) == "Aix-Villemaur-Pâlis");
    CHECK(table.nameOf(insee("99999")).empty());
}

TEST_CASE("a commune may have several postcodes, a postcode several communes") {
    const auto rows = realCommunes().ofInsee(insee("13204"));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].codePostal == postal("13004"));
    CHECK(rows[1].codePostal == postal("13005"));
    const auto communes = realCommunes().ofPostal(postal("13005"));
    REQUIRE(communes.size() == 2);
    CHECK(communes[0].codeInsee == insee("13204"));
    CHECK(communes[1].codeInsee == insee("13205"));
    CHECK(realCommunes().ofPostal(postal("00000")).empty());
    CHECK(realCommunes().ofInsee(insee("00000")).empty());
}

TEST_CASE("lines that are no row are skipped and counted") {
    const auto table = Communes::fromCsv(
        "code_postal,code_insee,nom\r\n"
        "01170,01173,Gex\r\n"
        "01170,01173,Gex encore\r\n"
        "01170\r\n"
        "0117x,01173,Gex\r\n"
        "01170,01174,\r\n"
        "20000,2A004,\"Ajaccio\"");
    CHECK(table.size() == 2);
    CHECK(table.skipped() == 4);
    CHECK(table.nameOf(insee("01173")) == "Gex");
    CHECK(table.nameOf(insee("2A004")) == "Ajaccio");
    CHECK_THROWS_AS(Communes::fromCsv("cp,insee,nom\n"), histologe::core::Error);
    CHECK(Communes::fromCsv("code_postal,code_insee,nom\n").size() == 0);
}

TEST_CASE("the order of the text is kept within a postcode") {
    const auto table = Communes::fromCsv("code_postal,code_insee,nom\n01000,01002,B\n01000,01001,A\n");
    const auto communes = table.ofPostal(postal("01000"));
    REQUIRE(communes.size() == 2);
    CHECK(communes[0].nom == "B");
    CHECK(communes[1].nom == "A");
}

TEST_CASE("arrondissements fold into their city") {
    CHECK(foldArrondissement("Marseille 1er Arrondissement") == "Marseille");
    CHECK(foldArrondissement("Marseille 16e Arrondissement") == "Marseille");
    CHECK(foldArrondissement("Paris 20e Arrondissement") == "Paris");
    CHECK(foldArrondissement("Gex") == "Gex");
    CHECK(foldArrondissement("") == "");
    CHECK(foldArrondissement("Le Arrondissement") == "Le Arrondissement");
    CHECK(foldArrondissement("2e Arrondissement") == "2e Arrondissement");
    CHECK(expandVille("Lyon").size() == 10);
    CHECK(expandVille("Lyon")[1] == "Lyon 1er Arrondissement");
    CHECK(expandVille("Marseille").back() == "Marseille 16e Arrondissement");
    CHECK(expandVille("Paris").size() == 21);
    CHECK(expandVille("Gex") == std::vector<std::string>{"Gex"});
}

TEST_CASE("every name the table gives for an arrondissement is one that a city expands to") {
    const auto names = expandVille("Marseille");
    std::size_t found = 0;
    for (const auto& row : realCommunes().ofPostal(postal("13016"))) {
        CHECK(std::find(names.begin(), names.end(), row.nom) != names.end());
        CHECK(foldArrondissement(row.nom) == "Marseille");
        ++found;
    }
    CHECK(found == 2);
}
