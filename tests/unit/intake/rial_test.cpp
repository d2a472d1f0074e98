#include "services/intake/domain/rial.hpp"

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "services/intake/domain/batiment.hpp"

using namespace histologe;
using namespace histologe::intake;

TEST_CASE("an address of the tax register is cut from the identifier of the BAN") {
    CHECK(adresseFiscale("13202_2333_00025") == AdresseFiscale{"13", "202", "2333", "25", ""});
    CHECK(adresseFiscale("13202_2333_00025_bis") == AdresseFiscale{"13", "202", "2333", "25", "bis"});
    CHECK(adresseFiscale("2A004_0120_00004") == AdresseFiscale{"2A", "004", "0120", "4", ""});
    CHECK(adresseFiscale("97411_0120_00004") == AdresseFiscale{"974", "11", "0120", "4", ""});
    CHECK(adresseFiscale("13202_2333_00000") == AdresseFiscale{"13", "202", "2333", "0", ""});
    for (const auto* wrong : {"", "0", "13202_2333", "13202", "13202_2333_", "13202_2333_12b", "1320_2333_00025",
                              "13202_233_00025", "13202_2333_00025_bis_x", "13202_2333_00025_b/s", "13202_23?3_00025"}) {
        CAPTURE(wrong);
        CHECK_FALSE(adresseFiscale(wrong));
    }
}

TEST_CASE("the answers of the tax register are read, and nothing else is taken for one") {
    CHECK(lireLocaux(R"({"listeIdentifiantsFiscaux":["130202A","130202B"]})") ==
          std::vector<std::string>{"130202A", "130202B"});
    CHECK(lireLocaux(R"({"listeIdentifiantsFiscaux":[]})").empty());
    CHECK(lireJetonRial(R"({"access_token":"abc","expires_in":300})") == "abc");
    const auto nature = [](const std::string& code) {
        return R"([{"descriptifGeneralLocal":{"codeNatureLocal":")" + code + R"("}}])";
    };
    for (const auto* code : {"AP", "MA", "MP", "ME"}) CHECK(estUnLogement(nature(code)));
    for (const auto* code : {"CB", "DA", "", "ap"}) CHECK_FALSE(estUnLogement(nature(code)));
    for (const auto* wrong : {"", "<html>", "[]", "{}", "null", R"({"listeIdentifiantsFiscaux":[1]})",
                              R"([{"descriptifGeneralLocal":{}}])"}) {
        CAPTURE(wrong);
        CHECK_THROWS_AS(lireLocaux(wrong), core::Error);
        CHECK_THROWS_AS(estUnLogement(wrong), core::Error);
        CHECK_THROWS_AS(lireJetonRial(wrong), core::Error);
    }
}

TEST_CASE("the identifier of a building is twelve letters and digits, however it is written") {
    CHECK(identifiantRnb("ABCD1234EFGH") == "ABCD1234EFGH");
    CHECK(identifiantRnb("abcd-1234-efgh") == "ABCD1234EFGH");
    CHECK(identifiantRnb("ABCD 1234 EFGH") == "ABCD1234EFGH");
    for (const auto* wrong : {"", "ABCD1234EFG", "ABCD1234EFGHI", "ABCD1234EFG/", "ABCD1234EFGÉ", "../../etc/pas"}) {
        CAPTURE(wrong);
        CHECK_FALSE(identifiantRnb(wrong));
    }
}
