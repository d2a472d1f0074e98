#include <catch2/catch.hpp>

#include "libs/core/digest.hpp"

using namespace histologe::core;

TEST_CASE("SHA-256 is that of the standard, however the text is cut") {
    CHECK(sha256Hex({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256Hex({"abc"}) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256Hex({"a", "", "bc"}) == sha256Hex({"abc"}));
    CHECK(sha256({"abc"}).size() == 32);
    CHECK(toHex(sha256({"abc"})) == sha256Hex({"abc"}));
    CHECK(toHex(std::string_view("\x00\x7f\xff", 3)) == "007fff");
}
