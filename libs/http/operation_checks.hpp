// What the contract says of one operation's requests and answers, checked.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libs/http/contract.hpp"
#include "libs/http/message.hpp"
#include "libs/http/schema.hpp"

namespace histologe::http {

class OperationChecks {
  public:
    // Throws std::runtime_error when a schema cannot be compiled.
    OperationChecks(const OperationContract& contract, SchemaCompiler& compiler);

    // Checks parameters, media type and body; sets request.json. Throws core::Error: InvalidInput `requete_invalide`
    // with every violation, `json_malforme` and the like for what is not JSON, `contenu_requis`; UnsupportedMedia
    // `format_de_contenu_refuse`.
    void checkRequest(Request& request) const;

    // What is wrong with an answer, for the developer: one line each, empty when it keeps the contract.
    [[nodiscard]] std::vector<std::string> checkResponse(const Response& response) const;

  private:
    struct Parameter {
        std::string name;
        std::string location;
        bool isRequired;
        Schema schema;
    };
    struct Body {
        std::string mediaType;
        Schema schema;
    };
    void checkParameters(const Request& request, std::vector<core::Violation>& violations) const;
    void checkBody(Request& request, std::vector<core::Violation>& violations) const;
    [[nodiscard]] const Body* bodyFor(const std::string& mediaType) const;

    std::vector<Parameter> parameters_;
    std::vector<Body> bodies_;
    bool isBodyRequired_;
    std::map<std::string, std::map<std::string, Schema>> responses_;
};

// The media type of a Content-Type value: lower case, without parameters.
std::string mediaTypeOf(std::string_view contentType);

}  // namespace histologe::http
