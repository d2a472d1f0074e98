#include "libs/domain/territoires/codes.hpp"

#include <catch2/catch.hpp>

using histologe::domain::CodeInsee;
using histologe::domain::CodePostal;
using histologe::domain::CodeTerritoire;

namespace {

template <typename Code>
std::string read(std::string_view text) {
    const auto code = Code::parse(text);
    return code ? code->str() : "none";
}

}  // namespace

TEST_CASE("an INSEE code is five characters, Corsica included") {
    CHECK(read<CodeInsee>("13202") == "13202");
    CHECK(read<CodeInsee>("2A004") == "2A004");
    CHECK(read<CodeInsee>("2b033") == "2B033");
    CHECK(read<CodeInsee>(" 44001 ") == "44001");
    CHECK(read<CodeInsee>("1173") == "01173");
    for (const auto* bad : {"", "   ", "123", "132021", "A2004", "2C004", "2AA04", "13 02", "1320é", "2A00"}) {
        INFO(bad);
        CHECK(read<CodeInsee>(bad) == "none");
    }
}

TEST_CASE("a postcode is five digits") {
    CHECK(read<CodePostal>("13002") == "13002");
    CHECK(read<CodePostal>("1170") == "01170");
    for (const auto* bad : {"", "2A004", "130", "130022", "1300x"}) {
        INFO(bad);
        CHECK(read<CodePostal>(bad) == "none");
    }
}

TEST_CASE("a territory code is two or three characters") {
    CHECK(read<CodeTerritoire>("01") == "01");
    CHECK(read<CodeTerritoire>("2a") == "2A");
    CHECK(read<CodeTerritoire>("69A") == "69A");
    CHECK(read<CodeTerritoire>("974") == "974");
    for (const auto* bad : {"", "1", "A2", "6A9", "9744", "2-"}) {
        INFO(bad);
        CHECK(read<CodeTerritoire>(bad) == "none");
    }
    CHECK(*CodeTerritoire::parse("69") < *CodeTerritoire::parse("69A"));
    CHECK(*CodeTerritoire::parse("69") != *CodeTerritoire::parse("69A"));
}
