#include "libs/core/json.hpp"

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"

using histologe::core::dumpJson;
using histologe::core::Error;
using histologe::core::Json;
using histologe::core::parseJson;

namespace {

std::string refusal(const std::string& text) {
    try {
        parseJson(text);
    } catch (const Error& error) {
        return error.code();
    }
    return "accepted";
}

}  // namespace

TEST_CASE("a document is read as it is written") {
    const auto document = parseJson(R"({"a":[1,-2,2.5,true,null,"é"],"b":{}, "c":[[],[{}]]})");
    CHECK(document == Json::parse(R"({"a":[1,-2,2.5,true,null,"é"],"b":{},"c":[[],[{}]]})"));
    CHECK(parseJson("3") == 3);
}

TEST_CASE("what cannot be read has a code") {
    CHECK(refusal("") == "json_malforme");
    CHECK(refusal("{") == "json_malforme");
    CHECK(refusal("{} {}") == "json_malforme");
    CHECK(refusal("{\"a\":\"\xff\"}") == "json_malforme");
    CHECK(refusal("1e400") == "json_malforme");
    CHECK(refusal(R"({"a":1,"b":2,"a":3})") == "json_cle_repetee");
    CHECK(refusal(R"({"x":{"a":1},"y":{"a":1}})") == "accepted");
}

TEST_CASE("nesting is bounded and cannot exhaust the stack") {
    CHECK(refusal(std::string(64, '[') + std::string(64, ']')) == "accepted");
    CHECK(refusal(std::string(65, '[') + std::string(65, ']')) == "json_trop_profond");
    CHECK(refusal(std::string(500000, '[')) == "json_trop_profond");
}

TEST_CASE("bytes that are not UTF-8 never stop a dump") { CHECK(dumpJson(Json("\xff")) == "\"\xef\xbf\xbd\""); }
