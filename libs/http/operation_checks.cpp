#include "libs/http/operation_checks.hpp"

#include <algorithm>

#include "libs/core/error.hpp"
#include "libs/core/text.hpp"
#include "libs/http/uri.hpp"

namespace histologe::http {
namespace {

using core::Error;
using core::ErrorKind;
using core::Violation;

bool isJson(const std::string& mediaType) {
    return mediaType == "application/json" || mediaType.ends_with("+json");
}

std::string lower(std::string_view text) {
    std::string lowered(text);
    for (char& c : lowered) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return lowered;
}

// A charset other than UTF-8 would be read as something else than what was sent.
bool hasForeignCharset(std::string_view contentType) {
    const auto text = lower(contentType);
    const auto at = text.find("charset=");
    if (at == std::string::npos) return false;
    auto charset = core::trim(std::string_view(text).substr(at + 8));
    charset = core::trim(charset.substr(0, charset.find(';')));
    if (charset.size() >= 2 && charset.front() == '"') charset = charset.substr(1, charset.size() - 2);
    return charset != "utf-8" && charset != "utf8" && charset != "us-ascii";
}

bool covers(const std::string& pattern, const std::string& mediaType) {
    if (pattern == mediaType || pattern == "*/*") return true;
    return pattern.ends_with("/*") && mediaType.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1));
}

std::vector<std::string> valuesOf(const Request& request, const std::string& location, const std::string& name) {
    if (location == "path") return request.pathParameters.values(name);
    if (location == "query") {
        auto values = request.query.values(name);
        if (values.empty()) values = request.query.values(name + "[]");
        return values;
    }
    std::vector<std::string> values;
    if (const auto* value = request.headers.find(name); location == "header" && value != nullptr)
        values.push_back(*value);
    return values;
}

}  // namespace

std::string mediaTypeOf(std::string_view contentType) {
    return lower(core::trim(contentType.substr(0, contentType.find(';'))));
}

OperationChecks::OperationChecks(const OperationContract& contract, SchemaCompiler& compiler)
    : isBodyRequired_(contract.isBodyRequired) {
    const auto& id = contract.operationId;
    for (const auto& parameter : contract.parameters) {
        parameters_.push_back({parameter.name, parameter.location, parameter.isRequired,
                               compiler.compile(parameter.schema, id + "/" + parameter.name)});
    }
    for (const auto& [mediaType, schema] : contract.bodySchemas) {
        bodies_.push_back({mediaType, compiler.compile(schema, id + "/requestBody")});
    }
    for (const auto& [status, contents] : contract.responseSchemas) {
        auto& byType = responses_[status];
        for (const auto& [mediaType, schema] : contents) {
            byType.emplace(mediaType, compiler.compile(schema, id + "/responses/" + status));
        }
    }
}

void OperationChecks::checkRequest(Request& request) const {
    std::vector<Violation> violations;
    checkParameters(request, violations);
    checkBody(request, violations);
    if (violations.empty()) return;
    throw Error(ErrorKind::InvalidInput, "requete_invalide", "Certaines informations manquent ou sont incorrectes.",
                std::move(violations));
}

void OperationChecks::checkParameters(const Request& request, std::vector<Violation>& violations) const {
    for (const auto& parameter : parameters_) {
        const auto values = valuesOf(request, parameter.location, parameter.name);
        if (values.empty()) {
            if (parameter.isRequired) violations.push_back({parameter.name, "requis", "Ce paramètre est obligatoire."});
            continue;
        }
        parameter.schema.check(parameter.schema.read(values), parameter.name, violations);
    }
}

const OperationChecks::Body* OperationChecks::bodyFor(const std::string& mediaType) const {
    const auto place = std::find_if(bodies_.begin(), bodies_.end(),
                                    [&](const Body& body) { return covers(body.mediaType, mediaType); });
    return place == bodies_.end() ? nullptr : &*place;
}

void OperationChecks::checkBody(Request& request, std::vector<Violation>& violations) const {
    if (bodies_.empty()) return;
    if (request.body.empty()) {
        if (isBodyRequired_) {
            throw Error(ErrorKind::InvalidInput, "contenu_requis", "Cette demande doit avoir un contenu.");
        }
        return;
    }
    const auto contentType = request.headers.get("Content-Type");
    const auto mediaType = mediaTypeOf(contentType);
    const auto* body = bodyFor(mediaType);
    if (body == nullptr) {
        std::string accepted;
        for (const auto& known : bodies_) accepted += (accepted.empty() ? "" : ", ") + known.mediaType;
        throw Error(ErrorKind::UnsupportedMedia, "format_de_contenu_refuse",
                    "Ce format de contenu n'est pas accepté. Formats acceptés : " + accepted + ".");
    }
    const bool isForm = mediaType == "application/x-www-form-urlencoded";
    if (!isJson(mediaType) && !isForm) return;
    if (hasForeignCharset(contentType)) {
        throw Error(ErrorKind::UnsupportedMedia, "format_de_contenu_refuse", "Seul l'encodage UTF-8 est accepté.");
    }
    if (isForm) {
        const auto form = parseQuery(request.body);
        if (!form) throw Error(ErrorKind::InvalidInput, "formulaire_malforme", "Le formulaire envoyé est illisible.");
        request.json = body->schema.readForm(form->all());
    } else {
        request.json = core::parseJson(request.body);
    }
    body->schema.check(request.json, std::string(), violations);
}

std::vector<std::string> OperationChecks::checkResponse(const Response& response) const {
    const auto status = std::to_string(response.status);
    auto place = responses_.find(status);
    if (place == responses_.end()) place = responses_.find(status.substr(0, 1) + "XX");
    if (place == responses_.end()) place = responses_.find("default");
    if (place == responses_.end()) return {"status " + status + " is not in the contract"};
    const auto& byType = place->second;
    if (byType.empty()) {
        if (response.body.empty()) return {};
        return {"status " + status + " has a body, the contract none"};
    }
    const auto mediaType = mediaTypeOf(response.headers.get("Content-Type"));
    const auto content =
        std::find_if(byType.begin(), byType.end(), [&](const auto& entry) { return covers(entry.first, mediaType); });
    if (content == byType.end()) return {"media type " + mediaType + " is not in the contract for status " + status};
    if (!isJson(mediaType)) return {};
    const auto document = core::Json::parse(response.body, nullptr, false);
    if (document.is_discarded()) return {"the body is not JSON"};
    std::vector<std::string> wrong;
    for (const auto& violation : content->second.check(document)) {
        wrong.push_back(violation.champ + ": " + violation.code + ": " + violation.message);
    }
    return wrong;
}

}  // namespace histologe::http
