#include <charconv>
#include <cmath>

#include "libs/http/schema.hpp"
#include "libs/http/schema_node.hpp"

namespace histologe::http {

using core::Json;

namespace {

// Every type that the schema names, itself or through what it is made of.
std::uint8_t typesOf(const SchemaNode& node, int depth = 0) {
    if (depth > 16) return 0;
    std::uint8_t types = node.types;
    if (node.reference != nullptr) types |= typesOf(*node.reference, depth + 1);
    for (const auto* list : {&node.allOf, &node.anyOf, &node.oneOf}) {
        for (const auto* part : *list) types |= typesOf(*part, depth + 1);
    }
    return types;
}

const SchemaNode* find(const SchemaNode& node, const SchemaNode* SchemaNode::*member, int depth = 0) {
    if (depth > 16) return nullptr;
    if (node.*member != nullptr) return node.*member;
    if (node.reference != nullptr) {
        if (const auto* found = find(*node.reference, member, depth + 1)) return found;
    }
    for (const auto* part : node.allOf) {
        if (const auto* found = find(*part, member, depth + 1)) return found;
    }
    return nullptr;
}

const SchemaNode* property(const SchemaNode& node, const std::string& name, int depth = 0) {
    if (depth > 16) return nullptr;
    if (const auto place = node.properties.find(name); place != node.properties.end()) return place->second;
    if (node.reference != nullptr) {
        if (const auto* found = property(*node.reference, name, depth + 1)) return found;
    }
    for (const auto* list : {&node.allOf, &node.anyOf, &node.oneOf}) {
        for (const auto* part : *list) {
            if (const auto* found = property(*part, name, depth + 1)) return found;
        }
    }
    return nullptr;
}

Json readText(std::uint8_t types, const std::string& text) {
    const auto* begin = text.data();
    const auto* end = begin + text.size();
    if ((types & kInteger) != 0) {
        std::int64_t number = 0;
        const auto [stop, error] = std::from_chars(begin, end, number);
        if (error == std::errc() && stop == end) return number;
    }
    if ((types & kNumber) != 0) {
        double number = 0;
        const auto [stop, error] = std::from_chars(begin, end, number, std::chars_format::fixed);
        if (error == std::errc() && stop == end && std::isfinite(number)) return number;
    }
    if ((types & kBoolean) != 0) {
        if (text == "true" || text == "1") return true;
        if (text == "false" || text == "0") return false;
    }
    return text;
}

Json readTexts(const SchemaNode* node, const std::vector<std::string>& texts) {
    if (node == nullptr) return texts.front();
    const auto types = typesOf(*node);
    if ((types & kArray) == 0) return readText(types, texts.front());
    const auto* items = find(*node, &SchemaNode::items);
    auto list = Json::array();
    for (const auto& text : texts) list.push_back(items == nullptr ? Json(text) : readText(typesOf(*items), text));
    return list;
}

}  // namespace

Json Schema::read(const std::string& text) const {
    return readText(typesOf(*node_), text);
}

Json Schema::read(const std::vector<std::string>& texts) const {
    return readTexts(node_, texts);
}

Json Schema::readForm(const std::vector<std::pair<std::string, std::string>>& fields) const {
    std::map<std::string, std::vector<std::string>> byName;
    for (const auto& [name, value] : fields)
        byName[name.ends_with("[]") ? name.substr(0, name.size() - 2) : name].push_back(value);
    auto document = Json::object();
    for (const auto& [name, texts] : byName) document[name] = readTexts(property(*node_, name), texts);
    return document;
}

}  // namespace histologe::http
