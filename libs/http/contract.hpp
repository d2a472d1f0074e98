// The OpenAPI document as the server obeys it: operations, their parameters, bodies, scopes and limits.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/core/json.hpp"

namespace histologe::http {

// `x-rate-limit: {limit, windowSeconds, per}`: at most `limit` requests in each window. `per` is `address` (the
// client's) or `principal` (the bearer's subject; the address when anonymous).
struct RateLimit {
    std::uint32_t limit = 0;
    std::uint32_t windowSeconds = 0;
    std::string per = "address";
};

struct ParameterContract {
    std::string name;
    std::string location;  // path, query or header
    bool isRequired = false;
    core::Json schema;  // self-contained but for `#/components/schemas` references
};

struct OperationContract {
    std::string operationId;
    std::string service;  // `x-service`
    std::string method;   // upper case
    std::string path;     // `/signalements/{reference}`
    std::vector<ParameterContract> parameters;
    bool isBodyRequired = false;
    std::map<std::string, core::Json> bodySchemas;  // by media type, lower case; empty when the operation takes no body
    std::map<std::string, std::map<std::string, core::Json>>
        responseSchemas;                      // by status (`200`, `4XX`, `default`), media type
    std::string scope;                        // `x-scope`; empty when anybody may call
    std::optional<std::size_t> maxBodyBytes;  // `x-max-body`
    std::optional<RateLimit> rateLimit;       // `x-rate-limit`
    bool isIdempotent = false;                // `x-idempotent`: honours Idempotency-Key
};

// An immutable contract, cheap enough to copy once at the start.
class Contract {
  public:
    // Reads the bundled JSON document (what `histologe-apibundle` writes). Throws std::runtime_error that says what is
    // wrong with the document: an operation without operationId or x-service, two operations of the same name or route,
    // a parameter of the path that is not declared, an unknown extension value, a `security` that is not `x-scope`'s.
    static Contract load(const std::string& path);
    static Contract fromJson(core::Json document);

    // The same document, only the operations with that `x-service`.
    [[nodiscard]] Contract forService(std::string_view service) const;

    [[nodiscard]] const std::vector<OperationContract>& operations() const noexcept { return operations_; }
    // nullptr when there is none of that name.
    [[nodiscard]] const OperationContract* find(std::string_view operationId) const noexcept;
    // `components.schemas` of the document, for the references in schemas.
    [[nodiscard]] const core::Json& schemas() const noexcept { return schemas_; }

  private:
    std::vector<OperationContract> operations_;
    core::Json schemas_ = core::Json::object();
};

}  // namespace histologe::http
