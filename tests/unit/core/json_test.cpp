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

TEST_CASE("every value is read and written as the library would") {
    for (const char* text :
         {"null", "true", "0", "-1", "9223372036854775807", "9223372036854775808", "18446744073709551615",
          "18446744073709551616", "-9223372036854775808", "-9223372036854775809", "0.1", "-2.5e-300", "1E5", "1e-400",
          "\"\"", "\"a\\\"b\\\\c\\u0000\\u001f\x7f\"", "\"\\u00e9\\ud83d\\ude00 \u00e9\"", " [ ] ", "{\"\":{\"b\":[1,[2]],\"a\":\"x\"}}",
          "\xef\xbb\xbf{}"}) {
        const auto expected = Json::parse(text);
        const auto read = parseJson(text);
        CAPTURE(text);
        CHECK(read == expected);
        CHECK(read.type() == expected.type());
        CHECK(dumpJson(read) == expected.dump());
    }
    CHECK(parseJson("-0") == 0);
    CHECK(refusal("\"\\ud800\"") == "json_malforme");
    CHECK(parseJson("\"" + std::string(200000, 'x') + "\"").get_ref<const std::string&>().size() == 200000);
    CHECK(dumpJson({{"nan", std::numeric_limits<double>::quiet_NaN()}}) == R"({"nan":null})");
}

TEST_CASE("bytes that are not UTF-8 never stop a dump") { CHECK(dumpJson(Json("\xff")) == "\"\xef\xbf\xbd\""); }
