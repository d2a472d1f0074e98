#include <set>
#include <stdexcept>

#include "libs/http/schema.hpp"
#include "libs/http/schema_node.hpp"

namespace histologe::http {

using core::Json;

struct SchemaCompiler::State {
    Json components;
    std::vector<std::unique_ptr<SchemaNode>> nodes;
    std::map<std::string, SchemaNode*> named;

    SchemaNode* make() { return nodes.emplace_back(std::make_unique<SchemaNode>()).get(); }
    const SchemaNode* compile(const Json& schema, const std::string& where);
    const SchemaNode* refer(const std::string& reference, const std::string& where);
    void fill(SchemaNode& node, const Json& schema, const std::string& where);
    bool readScalarKeyword(SchemaNode& node, const std::string& keyword, const Json& value, const std::string& where);
    bool readArrayKeyword(SchemaNode& node, const std::string& keyword, const Json& value, const std::string& where);
    bool readObjectKeyword(SchemaNode& node, const std::string& keyword, const Json& value, const std::string& where);
    bool readCombination(SchemaNode& node, const std::string& keyword, const Json& value, const std::string& where);
    void readDiscriminator(SchemaNode& node, const Json& value, const Json& schema, const std::string& where);
    std::vector<const SchemaNode*> compileAll(const Json& list, const std::string& where);
};

namespace {

constexpr std::string_view kReferencePrefix = "#/components/schemas/";

[[noreturn]] void refuse(const std::string& where, const std::string& why) {
    throw std::runtime_error("schema " + where + ": " + why);
}

std::uint8_t typeNamed(const std::string& name, const std::string& where) {
    static const std::map<std::string, std::uint8_t> kTypes = {
        {"null", kNull},     {"boolean", kBoolean}, {"integer", kInteger}, {"number", kNumber | kInteger},
        {"string", kString}, {"array", kArray},     {"object", kObject}};
    const auto place = kTypes.find(name);
    if (place == kTypes.end()) refuse(where, "unknown type " + name);
    return place->second;
}

SchemaFormat formatNamed(const std::string& name, const std::string& where) {
    static const std::map<std::string, SchemaFormat> kFormats = {
        {"date", SchemaFormat::Date},     {"date-time", SchemaFormat::DateTime}, {"time", SchemaFormat::Time},
        {"email", SchemaFormat::Email},   {"uuid", SchemaFormat::Uuid},          {"uri", SchemaFormat::Uri},
        {"int32", SchemaFormat::Int32},   {"int64", SchemaFormat::Int64},        {"float", SchemaFormat::None},
        {"double", SchemaFormat::None},   {"binary", SchemaFormat::None},        {"byte", SchemaFormat::None},
        {"password", SchemaFormat::None}, {"uri-reference", SchemaFormat::None}};
    const auto place = kFormats.find(name);
    if (place == kFormats.end()) refuse(where, "unknown format " + name);
    return place->second;
}

std::unique_ptr<RE2> compilePattern(const std::string& text, const std::string& where) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(8 << 20);
    auto pattern = std::make_unique<RE2>(text, options);
    if (!pattern->ok()) refuse(where, "pattern " + text + ": " + pattern->error());
    return pattern;
}

bool isAnnotation(const std::string& keyword) {
    static const std::set<std::string> kAnnotations = {"title",
                                                       "description",
                                                       "default",
                                                       "example",
                                                       "examples",
                                                       "deprecated",
                                                       "readOnly",
                                                       "writeOnly",
                                                       "$comment",
                                                       "$schema",
                                                       "$id",
                                                       "externalDocs",
                                                       "xml",
                                                       "$defs",
                                                       "discriminator",
                                                       "then",
                                                       "else",
                                                       "contentMediaType",
                                                       "contentEncoding"};
    return keyword.starts_with("x-") || kAnnotations.contains(keyword);
}

}  // namespace

const SchemaNode* SchemaCompiler::State::compile(const Json& schema, const std::string& where) {
    auto* node = make();
    fill(*node, schema, where);
    return node;
}

// A name compiled before, or being compiled: recursive schemas refer to a node that is filled later.
const SchemaNode* SchemaCompiler::State::refer(const std::string& reference, const std::string& where) {
    if (!reference.starts_with(kReferencePrefix))
        refuse(where, "reference outside of components.schemas: " + reference);
    const auto name = reference.substr(kReferencePrefix.size());
    if (const auto place = named.find(name); place != named.end()) return place->second;
    if (!components.contains(name)) refuse(where, "reference to nothing: " + reference);
    auto* node = named[name] = make();
    fill(*node, components.at(name), name);
    return node;
}

std::vector<const SchemaNode*> SchemaCompiler::State::compileAll(const Json& list, const std::string& where) {
    std::vector<const SchemaNode*> compiled;
    for (const auto& schema : list) compiled.push_back(compile(schema, where + "/" + std::to_string(compiled.size())));
    return compiled;
}

void SchemaCompiler::State::fill(SchemaNode& node, const Json& schema, const std::string& where) {
    if (schema.is_boolean()) {
        node.isNever = !schema.get<bool>();
        return;
    }
    if (!schema.is_object()) refuse(where, "a schema is an object or a boolean");
    for (const auto& [keyword, value] : schema.items()) {
        const auto here = where + "/" + keyword;
        try {
            if (readScalarKeyword(node, keyword, value, here) || readArrayKeyword(node, keyword, value, here) ||
                readObjectKeyword(node, keyword, value, here) || readCombination(node, keyword, value, here) ||
                isAnnotation(keyword)) {
                continue;
            }
        } catch (const Json::exception& error) {
            refuse(here, error.what());
        }
        refuse(here, "unknown keyword");
    }
    if (schema.contains("if")) {
        if (schema.contains("then")) node.consequence = compile(schema.at("then"), where + "/then");
        if (schema.contains("else")) node.alternative = compile(schema.at("else"), where + "/else");
    }
    if (schema.contains("discriminator")) readDiscriminator(node, schema.at("discriminator"), schema, where);
}

bool SchemaCompiler::State::readScalarKeyword(SchemaNode& node, const std::string& keyword, const Json& value,
                                              const std::string& where) {
    if (keyword == "type") {
        for (const auto& name : value.is_array() ? value : Json::array({value})) {
            node.types |= typeNamed(name.get<std::string>(), where);
        }
    } else if (keyword == "const") {
        node.constant = value;
    } else if (keyword == "enum") {
        node.values = value.get<std::vector<Json>>();
        if (node.values.empty()) refuse(where, "an empty list admits nothing");
    } else if (keyword == "minLength") {
        node.minLength = value.get<std::size_t>();
    } else if (keyword == "maxLength") {
        node.maxLength = value.get<std::size_t>();
    } else if (keyword == "pattern") {
        node.pattern = compilePattern(value.get<std::string>(), where);
    } else if (keyword == "format") {
        node.format = formatNamed(value.get<std::string>(), where);
    } else if (keyword == "minimum") {
        node.minimum = value.get<double>();
    } else if (keyword == "maximum") {
        node.maximum = value.get<double>();
    } else if (keyword == "exclusiveMinimum") {
        node.exclusiveMinimum = value.get<double>();
    } else if (keyword == "exclusiveMaximum") {
        node.exclusiveMaximum = value.get<double>();
    } else if (keyword == "multipleOf") {
        node.multipleOf = value.get<double>();
    } else {
        return false;
    }
    return true;
}

bool SchemaCompiler::State::readArrayKeyword(SchemaNode& node, const std::string& keyword, const Json& value,
                                             const std::string& where) {
    if (keyword == "items") {
        node.items = compile(value, where);
    } else if (keyword == "prefixItems") {
        node.prefixItems = compileAll(value, where);
    } else if (keyword == "contains") {
        node.contains = compile(value, where);
    } else if (keyword == "minItems") {
        node.minItems = value.get<std::size_t>();
    } else if (keyword == "maxItems") {
        node.maxItems = value.get<std::size_t>();
    } else if (keyword == "uniqueItems") {
        node.hasUniqueItems = value.get<bool>();
    } else {
        return false;
    }
    return true;
}

bool SchemaCompiler::State::readObjectKeyword(SchemaNode& node, const std::string& keyword, const Json& value,
                                              const std::string& where) {
    if (keyword == "properties") {
        for (const auto& [name, schema] : value.items()) node.properties[name] = compile(schema, where + "/" + name);
    } else if (keyword == "patternProperties") {
        for (const auto& [pattern, schema] : value.items()) {
            node.patternProperties.emplace_back(compilePattern(pattern, where), compile(schema, where + "/" + pattern));
        }
    } else if (keyword == "additionalProperties") {
        node.additionalProperties = compile(value, where);
    } else if (keyword == "propertyNames") {
        node.propertyNames = compile(value, where);
    } else if (keyword == "required") {
        node.required = value.get<std::vector<std::string>>();
    } else if (keyword == "dependentRequired") {
        node.dependentRequired = value.get<std::map<std::string, std::vector<std::string>>>();
    } else if (keyword == "minProperties") {
        node.minProperties = value.get<std::size_t>();
    } else if (keyword == "maxProperties") {
        node.maxProperties = value.get<std::size_t>();
    } else {
        return false;
    }
    return true;
}

bool SchemaCompiler::State::readCombination(SchemaNode& node, const std::string& keyword, const Json& value,
                                            const std::string& where) {
    if (keyword == "$ref") {
        node.reference = refer(value.get<std::string>(), where);
    } else if (keyword == "allOf") {
        node.allOf = compileAll(value, where);
    } else if (keyword == "anyOf") {
        node.anyOf = compileAll(value, where);
    } else if (keyword == "oneOf") {
        node.oneOf = compileAll(value, where);
    } else if (keyword == "not") {
        node.negated = compile(value, where);
    } else if (keyword == "if") {
        node.condition = compile(value, where);
    } else {
        return false;
    }
    return true;
}

// Values of the property are the names of the schemas, unless `mapping` says otherwise.
void SchemaCompiler::State::readDiscriminator(SchemaNode& node, const Json& value, const Json& schema,
                                              const std::string& where) {
    node.discriminator = value.at("propertyName").get<std::string>();
    for (const auto* keyword : {"oneOf", "anyOf"}) {
        for (const auto& branch : schema.value(keyword, Json::array())) {
            if (!branch.contains("$ref")) refuse(where, "a discriminator needs branches that are references");
            const auto reference = branch.at("$ref").get<std::string>();
            node.branches[reference.substr(reference.rfind('/') + 1)] = refer(reference, where);
        }
    }
    const auto mapping = value.value("mapping", Json::object());
    if (!mapping.empty()) node.branches.clear();
    for (const auto& [name, reference] : mapping.items()) {
        node.branches[name] = refer(reference.get<std::string>(), where + "/mapping");
    }
}

SchemaCompiler::SchemaCompiler(Json components) : state_(std::make_shared<State>()) {
    state_->components = std::move(components);
}

SchemaCompiler::~SchemaCompiler() = default;

Schema SchemaCompiler::compile(const Json& schema, const std::string& where) {
    Schema compiled;
    compiled.node_ = state_->compile(schema, where);
    compiled.owner_ = state_;
    return compiled;
}

}  // namespace histologe::http
