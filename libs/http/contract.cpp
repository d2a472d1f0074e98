#include "libs/http/contract.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

namespace histologe::http {
namespace {

using core::Json;

constexpr const char* kMethods[] = {"get", "head", "post", "put", "patch", "delete", "options"};

[[noreturn]] void refuse(const std::string& where, const std::string& why) {
    throw std::runtime_error("contract: " + where + ": " + why);
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
    return text;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    return text;
}

// Follows `$ref` inside the document, for parameters, bodies and responses (schemas keep theirs).
const Json& resolve(const Json& document, const Json& node, const std::string& where) {
    const Json* at = &node;
    for (int hops = 0; at->is_object() && at->contains("$ref"); ++hops) {
        const auto reference = at->at("$ref").get<std::string>();
        if (hops > 16) refuse(where, "references turn in circles at " + reference);
        if (!reference.starts_with("#/")) refuse(where, "reference outside of the document: " + reference);
        const Json::json_pointer pointer(reference.substr(1));
        if (!document.contains(pointer)) refuse(where, "reference to nothing: " + reference);
        at = &document.at(pointer);
    }
    return *at;
}

std::set<std::string> variablesOf(const std::string& path, const std::string& where) {
    std::set<std::string> names;
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1)) {
        const auto end = path.find('}', at);
        if (end == std::string::npos || end == at + 1) refuse(where, "broken path template");
        if (!names.insert(path.substr(at + 1, end - at - 1)).second) refuse(where, "a path variable appears twice");
    }
    return names;
}

ParameterContract readParameter(const Json& document, const Json& node, const std::string& where) {
    const auto& parameter = resolve(document, node, where);
    ParameterContract read;
    read.name = parameter.at("name").get<std::string>();
    read.location = parameter.at("in").get<std::string>();
    read.isRequired = parameter.value("required", false);
    if (read.location != "path" && read.location != "query" && read.location != "header" && read.location != "cookie") {
        refuse(where, "parameter " + read.name + " is in no known place");
    }
    if (parameter.contains("content"))
        refuse(where, "parameter " + read.name + ": `content` is not supported, use `schema`");
    read.schema = parameter.value("schema", Json::object());
    return read;
}

// The parameters of the path item, overridden by those of the operation.
std::vector<ParameterContract> readParameters(const Json& document, const Json& item, const Json& operation,
                                              const std::string& where) {
    std::vector<ParameterContract> parameters;
    for (const auto* level : {&item, &operation}) {
        for (const auto& node : level->value("parameters", Json::array())) {
            auto parameter = readParameter(document, node, where);
            std::erase_if(parameters, [&](const ParameterContract& other) {
                return other.name == parameter.name && other.location == parameter.location;
            });
            parameters.push_back(std::move(parameter));
        }
    }
    return parameters;
}

std::map<std::string, Json> readContent(const Json& holder) {
    std::map<std::string, Json> schemas;
    const auto content = holder.value("content", Json::object());
    for (const auto& [mediaType, media] : content.items()) {
        schemas.emplace(lower(mediaType), media.value("schema", Json::object()));
    }
    return schemas;
}

RateLimit readRateLimit(const Json& node, const std::string& where) {
    RateLimit limit;
    limit.limit = node.value("limit", 0U);
    limit.windowSeconds = node.value("windowSeconds", 0U);
    limit.per = node.value("per", std::string("address"));
    if (limit.limit == 0 || limit.windowSeconds == 0) refuse(where, "x-rate-limit needs `limit` and `windowSeconds`");
    if (limit.per != "address" && limit.per != "principal")
        refuse(where, "x-rate-limit: `per` is address or principal");
    return limit;
}

void readExtensions(const Json& operation, OperationContract& read, const std::string& where) {
    for (const auto& [name, value] : operation.items()) {
        if (name == "x-service") {
            read.service = value.get<std::string>();
        } else if (name == "x-scope") {
            read.scope = value.get<std::string>();
        } else if (name == "x-max-body") {
            read.maxBodyBytes = value.get<std::size_t>();
        } else if (name == "x-rate-limit") {
            read.rateLimit = readRateLimit(value, where);
        } else if (name == "x-idempotent") {
            read.isIdempotent = value.get<bool>();
        } else if (name.starts_with("x-") && !name.starts_with("x-doc-")) {
            refuse(where, "unknown extension " + name);
        }
    }
    if (read.service.empty()) refuse(where, "no x-service");
}

// `security` says to readers what `x-scope` says to the server: the two must not differ.
void checkSecurity(const Json& document, const Json& operation, const OperationContract& read, const std::string& where) {
    const auto* security = operation.contains("security") ? &operation.at("security")
                           : document.contains("security") ? &document.at("security")
                                                           : nullptr;
    if (security == nullptr) return;
    if (!security->is_array()) refuse(where, "`security` is a list");
    if (security->empty()) {
        if (!read.scope.empty()) refuse(where, "`security` is empty, x-scope is not");
        return;
    }
    for (const auto& requirement : *security) {
        for (const auto& [scheme, scopes] : requirement.items()) {
            if (scopes.size() != 1 || scopes[0] != read.scope) {
                refuse(where, "`security` and x-scope name different scopes");
            }
        }
    }
}

OperationContract readOperation(const Json& document, const std::string& path, const std::string& method,
                                const Json& item, const Json& operation) {
    const auto where = upper(method) + " " + path;
    OperationContract read;
    read.operationId = operation.value("operationId", std::string());
    if (read.operationId.empty()) refuse(where, "no operationId");
    read.method = upper(method);
    read.path = path;
    readExtensions(operation, read, where);
    checkSecurity(document, operation, read, where);
    read.parameters = readParameters(document, item, operation, where);
    auto undeclared = variablesOf(path, where);
    for (const auto& parameter : read.parameters) {
        if (parameter.location != "path") continue;
        if (undeclared.erase(parameter.name) == 0) refuse(where, "parameter " + parameter.name + " is not in the path");
    }
    if (!undeclared.empty()) refuse(where, "path variable " + *undeclared.begin() + " is not declared");
    if (operation.contains("requestBody")) {
        const auto& body = resolve(document, operation.at("requestBody"), where);
        read.isBodyRequired = body.value("required", false);
        read.bodySchemas = readContent(body);
        if (read.bodySchemas.empty()) refuse(where, "requestBody without content");
    }
    const auto responses = operation.value("responses", Json::object());
    if (responses.empty()) refuse(where, "no responses");
    for (const auto& [status, node] : responses.items()) {
        read.responseSchemas.emplace(upper(status) == "DEFAULT" ? "default" : upper(status),
                                     readContent(resolve(document, node, where)));
    }
    return read;
}

// `/a/{x}` and `/a/{y}` are the same route.
std::string shapeOf(const OperationContract& operation) {
    std::string shape = operation.method + " ";
    bool isVariable = false;
    for (const char c : operation.path) {
        if (c == '{') isVariable = true;
        if (!isVariable || c == '{' || c == '}') shape += c;
        if (c == '}') isVariable = false;
    }
    return shape;
}

}  // namespace

Contract Contract::fromJson(Json document) {
    Contract contract;
    try {
        contract.schemas_ = document.value(Json::json_pointer("/components/schemas"), Json::object());
        std::set<std::string> names;
        std::set<std::string> shapes;
        const auto paths = document.value("paths", Json::object());
        for (const auto& [path, node] : paths.items()) {
            if (!path.starts_with('/')) refuse(path, "a path starts with /");
            const auto& item = resolve(document, node, path);
            for (const auto* method : kMethods) {
                if (!item.contains(method)) continue;
                auto operation = readOperation(document, path, method, item, item.at(method));
                if (!names.insert(operation.operationId).second)
                    refuse(operation.operationId, "two operations of that name");
                if (!shapes.insert(shapeOf(operation)).second)
                    refuse(operation.operationId, "route already taken: " + path);
                contract.operations_.push_back(std::move(operation));
            }
        }
    } catch (const Json::exception& error) {
        throw std::runtime_error(std::string("contract: not an OpenAPI document: ") + error.what());
    }
    return contract;
}

Contract Contract::load(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("contract: cannot read " + path);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    auto document = Json::parse(text, nullptr, false);
    if (document.is_discarded()) throw std::runtime_error("contract: " + path + " is not JSON");
    return fromJson(std::move(document));
}

Contract Contract::forService(std::string_view service) const {
    Contract part;
    part.schemas_ = schemas_;
    std::copy_if(operations_.begin(), operations_.end(), std::back_inserter(part.operations_),
                 [&](const OperationContract& operation) { return operation.service == service; });
    return part;
}

const OperationContract* Contract::find(std::string_view operationId) const noexcept {
    const auto place = std::find_if(operations_.begin(), operations_.end(), [&](const OperationContract& operation) {
        return operation.operationId == operationId;
    });
    return place == operations_.end() ? nullptr : &*place;
}

}  // namespace histologe::http
