// Our schema checks against an independent implementation: random schemas, random documents, the same verdict. The one
// file that includes valijson, which is slow to compile.
#include <random>

#include <catch2/catch.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "libs/http/schema.hpp"

using namespace histologe::http;
using histologe::core::Json;

namespace {

class Generator {
  public:
    explicit Generator(unsigned seed) : random_(seed) {}

    Json schema(int depth) {
        switch (pick(depth > 0 ? 12 : 6)) {
            case 0:
                return {{"type", one({"string", "integer", "number", "boolean", "null", "array", "object"})}};
            case 1:
                return {{"type", "string"}, {"minLength", pick(3)}, {"maxLength", 2 + pick(3)}};
            case 2:
                return {{"type", "integer"}, {"minimum", static_cast<int>(pick(4)) - 2}, {"maximum", pick(6)}};
            case 3:
                return {{"enum", {value(0), value(0), value(1)}}};
            case 4:
                return {{"pattern", one({"^[a-c]+$", "b", "^[a-d]{2}$", "^(a|bc)*$"})}};
            case 5:
                return {{"type", "integer"},
                        {"exclusiveMinimum", static_cast<int>(pick(5)) - 2},
                        {"multipleOf", 1 + pick(3)}};
            case 6:
                return {{"items", schema(depth - 1)},
                        {"minItems", pick(2)},
                        {"maxItems", 1 + pick(3)},
                        {"uniqueItems", pick(2) == 0}};
            case 7:
                return object(depth);
            case 8:
                return {{one({"allOf", "anyOf", "oneOf"}), {schema(depth - 1), schema(depth - 1)}}};
            case 9:
                return {{"not", schema(depth - 1)}};
            case 10:
                return {{"if", schema(depth - 1)}, {"then", schema(depth - 1)}, {"else", schema(depth - 1)}};
            default:
                return {{"contains", schema(depth - 1)}, {"type", {"array", "null"}}};
        }
    }

    Json value(int depth) {
        switch (pick(depth > 0 ? 8 : 6)) {
            case 0:
                return nullptr;
            case 1:
                return pick(2) == 0;
            case 2:
                return static_cast<int>(pick(8)) - 3;
            case 3:
                return static_cast<double>(pick(8)) - 2.5;
            case 4:
            case 5:
                return one({"", "a", "b", "bc", "abc", "\xC3\xA9", "d\xC3\xA9", "abcd"});
            case 6: {
                auto list = Json::array();
                for (auto count = pick(4); count > 0; --count) list.push_back(value(depth - 1));
                return list;
            }
            default: {
                auto made = Json::object();
                for (auto count = pick(4); count > 0; --count) made[one({"a", "b", "x1"})] = value(depth - 1);
                return made;
            }
        }
    }

  private:
    Json object(int depth) {
        Json made = {{"type", "object"}, {"properties", {{"a", schema(depth - 1)}, {"b", schema(depth - 1)}}}};
        if (pick(2) == 0) made["required"] = {one({"a", "b"})};
        if (pick(3) == 0) made["additionalProperties"] = pick(2) == 0 ? Json(false) : schema(depth - 1);
        if (pick(4) == 0) made["patternProperties"] = {{"^x", schema(depth - 1)}};
        if (pick(4) == 0) made["propertyNames"] = {{"maxLength", 1}};
        if (pick(4) == 0) made["maxProperties"] = 1 + pick(2);
        return made;
    }
    std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }
    std::string one(const std::vector<std::string>& choices) { return choices[pick(choices.size())]; }
    std::mt19937 random_;
};

bool oracle(const Json& schema, const std::vector<Json>& documents, std::vector<bool>& verdicts) {
    valijson::Schema parsed;
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema), parsed);
    for (const auto& document : documents) {
        valijson::Validator validator;
        verdicts.push_back(validator.validate(parsed, valijson::adapters::NlohmannJsonAdapter(document), nullptr));
    }
    return true;
}

}  // namespace

TEST_CASE("our verdicts are those of an independent implementation") {
    Generator generator(7);
    long accepted = 0;
    long refused = 0;
    for (int round = 0; round < 1500; ++round) {
        const auto schema = generator.schema(3);
        std::vector<Json> documents;
        for (int i = 0; i < 20; ++i) documents.push_back(generator.value(3));
        std::vector<bool> expected;
        REQUIRE(oracle(schema, documents, expected));
        SchemaCompiler compiler(Json::object());
        const auto compiled = compiler.compile(schema, "random");
        for (std::size_t i = 0; i < documents.size(); ++i) {
            const bool isAccepted = compiled.check(documents[i]).empty();
            if (isAccepted != expected[i]) {
                FAIL("schema " << schema.dump() << "\ndocument " << documents[i].dump() << "\nours: " << isAccepted);
            }
            ++(isAccepted ? accepted : refused);
        }
    }
    CHECK(accepted > 3000);
    CHECK(refused > 3000);
}
