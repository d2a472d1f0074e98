// The whole platform, running for the tests of this program, and a client of its gateway.
#pragma once

#include <string>
#include <vector>

#include "libs/core/json.hpp"
#include "libs/auth/claims.hpp"
#include "tools/environment/environment.hpp"
#include "tools/environment/sql.hpp"

namespace histologe::product {

// Started at first use, with the reference data; ends with the program. Answers that break the contract are 500s.
environment::Environment& platform();

struct Answer {
    int status = 0;
    std::string body;
    std::string contentType;
    std::vector<std::pair<std::string, std::string>> headers;

    [[nodiscard]] core::Json json() const { return core::parseJson(body); }
    // Empty when there is none.
    [[nodiscard]] std::string header(const std::string& name) const;
    // True for an RFC 9457 document with our code in it.
    [[nodiscard]] bool isProblem() const;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

// One request through the gateway; a failure without an answer has status 0.
Answer request(const std::string& method, const std::string& path, const std::string& body = {},
               const std::string& contentType = "application/json", const Headers& headers = {});

// A file in a multipart form, as the public form sends it.
Answer upload(const std::string& field, const std::string& fileName, const std::string& content,
              const std::string& query = {});

// A sample payload (tests/golden/payloads), or the table of their expected outcomes.
core::Json sample(const std::string& name);
core::Json expectedOutcomes();

// A draft begun with these answers, and its final save.
std::string beginDraft(const core::Json& payload);
Answer submit(const std::string& draft, const core::Json& payload);

// Polls until the query answers this, or half a minute passed; what it answered last.
std::string waitFor(const std::string& query, const std::string& wanted);

}  // namespace histologe::product
