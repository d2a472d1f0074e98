#include "libs/http/schema.hpp"

#include <catch2/catch.hpp>

using namespace histologe;
using namespace histologe::http;
using core::Json;

namespace {

const Json kComponents = {
    {"Adresse",
     {{"type", "object"},
      {"required", {"codePostal"}},
      {"properties", {{"codePostal", {{"type", "string"}, {"pattern", "^[0-9]{5}$"}}}}}}},
    {"Arbre",
     {{"type", "object"},
      {"properties", {{"enfants", {{"type", "array"}, {"items", {{"$ref", "#/components/schemas/Arbre"}}}}}}},
      {"additionalProperties", false}}},
    {"Chat",
     {{"type", "object"},
      {"required", {"espece", "vies"}},
      {"properties", {{"espece", {{"const", "Chat"}}}, {"vies", {{"type", "integer"}}}}}}},
    {"Chien",
     {{"type", "object"},
      {"required", {"espece", "race"}},
      {"properties", {{"espece", {{"const", "Chien"}}}, {"race", {{"type", "string"}}}}}}},
    {"Boucle", {{"$ref", "#/components/schemas/Boucle"}}},
};

std::vector<std::string> check(const Json& schema, const Json& document) {
    SchemaCompiler compiler(kComponents);
    std::vector<std::string> found;
    for (const auto& violation : compiler.compile(schema, "test").check(document)) {
        CHECK_FALSE(violation.message.empty());
        found.push_back(violation.champ + ":" + violation.code);
    }
    return found;
}

using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("every keyword has its violation") {
    CHECK(check({{"type", "string"}}, 5) == Found{":type_incorrect"});
    CHECK(check({{"type", {"string", "null"}}}, nullptr).empty());
    CHECK(check({{"type", "integer"}}, 1.5) == Found{":type_incorrect"});
    CHECK(check({{"type", "integer"}}, 2.0).empty());
    CHECK(check({{"type", "number"}}, 2).empty());
    CHECK(check({{"enum", {"a", "b"}}}, "c") == Found{":valeur_non_admise"});
    CHECK(check({{"const", 3}}, 4) == Found{":valeur_non_admise"});
    CHECK(check({{"minLength", 2}}, "é") == Found{":trop_court"});
    CHECK(check({{"maxLength", 2}}, "ééé") == Found{":trop_long"});
    CHECK(check({{"maxLength", 3}}, "ééé").empty());
    CHECK(check({{"pattern", "^.{3}$"}}, "été").empty());
    CHECK(check({{"pattern", "^[a-z]+$"}}, "A") == Found{":format_incorrect"});
    CHECK(check({{"minimum", 3}, {"maximum", 5}}, 2) == Found{":trop_petit"});
    CHECK(check({{"minimum", 3}, {"maximum", 5}}, 6) == Found{":trop_grand"});
    CHECK(check({{"exclusiveMinimum", 3}, {"exclusiveMaximum", 5}}, 3) == Found{":trop_petit"});
    CHECK(check({{"exclusiveMinimum", 3}, {"exclusiveMaximum", 5}}, 5) == Found{":trop_grand"});
    CHECK(check({{"multipleOf", 0.1}}, 0.3).empty());
    CHECK(check({{"multipleOf", 5}}, 7) == Found{":multiple_incorrect"});
    CHECK(check({{"minItems", 1}}, Json::array()) == Found{":elements_insuffisants"});
    CHECK(check({{"maxItems", 1}}, {1, 2}) == Found{":trop_d_elements"});
    CHECK(check({{"uniqueItems", true}}, {1, 2, 1}) == Found{":element_repete"});
    CHECK(check({{"contains", {{"const", 9}}}}, {1, 2}) == Found{":element_manquant"});
    CHECK(check({{"items", {{"type", "integer"}}}}, {1, "a"}) == Found{"1:type_incorrect"});
    CHECK(check({{"prefixItems", {{{"type", "string"}}}}, {"items", false}}, {"a", 2}) == Found{"1:interdit"});
    CHECK(check({{"required", {"a"}}}, Json::object()) == Found{"a:requis"});
    CHECK(check({{"properties", {{"a", true}}}, {"additionalProperties", false}}, {{"a", 1}, {"b", 2}}) ==
          Found{"b:champ_inconnu"});
    CHECK(check({{"additionalProperties", {{"type", "string"}}}}, {{"b", 2}}) == Found{"b:type_incorrect"});
    CHECK(check({{"patternProperties", {{"^x", {{"type", "string"}}}}}, {"additionalProperties", false}},
                {{"x1", 2}, {"y", 1}}) == Found{"x1:type_incorrect", "y:champ_inconnu"});
    CHECK(check({{"propertyNames", {{"maxLength", 1}}}}, {{"ab", 1}}) == Found{"ab:champ_inconnu"});
    CHECK(check({{"minProperties", 1}}, Json::object()) == Found{":elements_insuffisants"});
    CHECK(check({{"maxProperties", 0}}, {{"a", 1}}) == Found{":trop_d_elements"});
    CHECK(check({{"dependentRequired", {{"a", {"b"}}}}}, {{"a", 1}}) == Found{"b:requis"});
    CHECK(check({{"not", {{"type", "string"}}}}, "a") == Found{":interdit"});
    CHECK(check({{"allOf", {{{"minLength", 2}}, {{"pattern", "^a"}}}}}, "b") ==
          Found{":trop_court", ":format_incorrect"});
    CHECK(check({{"if", {{"required", {"a"}}}}, {"then", {{"required", {"b"}}}}, {"else", {{"required", {"c"}}}}},
                {{"a", 1}}) == Found{"b:requis"});
    CHECK(check({{"if", {{"required", {"a"}}}}, {"then", {{"required", {"b"}}}}, {"else", {{"required", {"c"}}}}},
                {{"z", 1}}) == Found{"c:requis"});
    CHECK(check(false, 1) == Found{":interdit"});
    CHECK(check(true, 1).empty());
}

TEST_CASE("formats are checked") {
    const auto isValid = [](const char* format, const Json& value) {
        return check({{"format", format}}, value).empty();
    };
    CHECK(isValid("date", "2024-02-29"));
    CHECK_FALSE(isValid("date", "2023-02-29"));
    CHECK_FALSE(isValid("date", "29/02/2024"));
    CHECK(isValid("date-time", "2026-11-25T08:30:00Z"));
    CHECK(isValid("date-time", "2026-11-25T08:30:00.123+01:00"));
    CHECK_FALSE(isValid("date-time", "2026-11-25 08:30:00Z"));
    CHECK_FALSE(isValid("date-time", "2026-11-25"));
    CHECK(isValid("time", "23:59"));
    CHECK_FALSE(isValid("time", "24:00"));
    CHECK(isValid("uuid", "018f6d2a-1111-7abc-8def-0123456789ab"));
    CHECK_FALSE(isValid("uuid", "018f6d2a"));
    CHECK(isValid("email", "prenom.nom+tri@sous.exemple.fr"));
    for (const auto* wrong : {"", "a", "@exemple.fr", "a@b", "a b@exemple.fr", "a@exemple..fr", "a@-exemple.fr",
                              "a@exemple.f", "a..b@exemple.fr", "a@exemple.fr\n"}) {
        INFO(wrong);
        CHECK_FALSE(isValid("email", wrong));
    }
    CHECK(isValid("uri", "https://exemple.fr/a?b"));
    CHECK_FALSE(isValid("uri", "exemple.fr"));
    CHECK(isValid("int32", 2147483647));
    CHECK_FALSE(isValid("int32", 2147483648));
    CHECK(isValid("int64", 9223372036854775807));
    CHECK_FALSE(isValid("int64", 9223372036854775808U));
    CHECK(isValid("date", 5));
}

TEST_CASE("references, also recursive, and dotted paths") {
    const Json schema = {{"type", "object"}, {"properties", {{"adresse", {{"$ref", "#/components/schemas/Adresse"}}}}}};
    CHECK(check(schema, {{"adresse", Json::object()}}) == Found{"adresse.codePostal:requis"});
    CHECK(check(schema, {{"adresse", {{"codePostal", "1"}}}}) == Found{"adresse.codePostal:format_incorrect"});
    const Json tree = {{"$ref", "#/components/schemas/Arbre"}};
    CHECK(check(tree, {{"enfants", {{{"enfants", Json::array()}}, {{"autre", 1}}}}}) ==
          Found{"enfants.1.autre:champ_inconnu"});
    CHECK_THROWS(check({{"$ref", "#/components/schemas/Boucle"}}, 1));
}

TEST_CASE("when no branch fits, the one that was meant is explained") {
    const Json pets = {{"oneOf", {{{"$ref", "#/components/schemas/Chat"}}, {{"$ref", "#/components/schemas/Chien"}}}},
                       {"discriminator", {{"propertyName", "espece"}}}};
    CHECK(check(pets, {{"espece", "Chat"}, {"vies", 9}}).empty());
    CHECK(check(pets, {{"espece", "Chat"}}) == Found{"vies:requis"});
    CHECK(check(pets, {{"espece", "Loup"}}) == Found{"espece:valeur_non_admise"});
    CHECK(check(pets, Json::object()) == Found{"espece:requis"});
    CHECK(check(pets, 5) == Found{":forme_inconnue"});
    const Json nullable = {{"anyOf", {{{"$ref", "#/components/schemas/Adresse"}}, {{"type", "null"}}}}};
    CHECK(check(nullable, nullptr).empty());
    CHECK(check(nullable, {{"codePostal", "x"}}) == Found{"codePostal:format_incorrect"});
    CHECK(check({{"oneOf", {{{"minimum", 1}}, {{"maximum", 5}}}}}, 3) == Found{":forme_inconnue"});
}

TEST_CASE("texts are read as the types of the schema") {
    SchemaCompiler compiler(kComponents);
    CHECK(compiler.compile({{"type", "integer"}}, "t").read("12") == 12);
    CHECK(compiler.compile({{"type", "integer"}}, "t").read("1.5") == "1.5");
    CHECK(compiler.compile({{"type", "integer"}}, "t").read("12 ") == "12 ");
    CHECK(compiler.compile({{"type", "number"}}, "t").read("-1.5") == -1.5);
    CHECK(compiler.compile({{"type", "number"}}, "t").read("nan") == "nan");
    CHECK(compiler.compile({{"type", "boolean"}}, "t").read("true") == true);
    CHECK(compiler.compile({{"type", "string"}}, "t").read("12") == "12");
    CHECK(compiler.compile({{"type", "array"}, {"items", {{"type", "integer"}}}}, "t")
              .read(std::vector<std::string>{"1", "x"}) == Json({1, "x"}));
    const Json form = {{"type", "object"},
                       {"properties", {{"lat", {{"type", "number"}}}, {"tags", {{"type", "array"}}}}}};
    CHECK(compiler.compile(form, "t").readForm({{"lat", "48.5"}, {"tags[]", "a"}, {"tags[]", "b"}, {"nom", "5"}}) ==
          Json{{"lat", 48.5}, {"tags", {"a", "b"}}, {"nom", "5"}});
}

TEST_CASE("a schema that cannot be obeyed stops the start") {
    SchemaCompiler compiler(kComponents);
    for (const Json& schema :
         {Json{{"maxlength", 5}}, Json{{"format", "courriel"}}, Json{{"pattern", "(?=a)"}}, Json{{"type", "text"}},
          Json{{"$ref", "#/components/schemas/Rien"}}, Json{{"$ref", "other.yaml"}}, Json{{"enum", Json::array()}},
          Json{{"minLength", "3"}}, Json(5)}) {
        INFO(schema.dump());
        CHECK_THROWS_AS(compiler.compile(schema, "here"), std::runtime_error);
    }
}

TEST_CASE("violations and time are bounded on hostile documents") {
    SchemaCompiler compiler(kComponents);
    auto many = Json::array();
    for (int i = 0; i < 20000; ++i) many.push_back("x");
    CHECK(compiler.compile({{"items", {{"type", "integer"}}}}, "t").check(many).size() == Schema::kMaxViolations);
    const std::string text(1'000'000, 'a');
    CHECK(compiler.compile({{"pattern", "^(a+)+$"}}, "t").check(text + "!").size() == 1);
}
