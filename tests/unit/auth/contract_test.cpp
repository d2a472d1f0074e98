// Every operation of the contract names who may call it, or says that everybody may.
#include "libs/http/contract.hpp"

#include <catch2/catch.hpp>

#include "libs/core/files.hpp"
#include "libs/core/json.hpp"

using histologe::core::Json;
using histologe::http::Contract;

namespace {

Json document() {
    return Json::parse(histologe::core::readFile(std::filesystem::path(HISTOLOGE_BINARY_DIR) / "api" / "openapi.json"));
}

Json oneOperation(const Json& further = Json::object()) {
    Json operation = {{"operationId", "one"}, {"x-service", "test"}, {"responses", {{"200", {{"description", "x"}}}}}};
    operation.update(further);
    return {{"openapi", "3.1.0"}, {"paths", {{"/one", {{"get", operation}}}}}};
}

}  // namespace

TEST_CASE("every operation names its security or is explicitly public") {
    const auto contract = document();
    int operations = 0;
    for (const auto& [path, item] : contract.at("paths").items()) {
        for (const auto& [method, operation] : item.items()) {
            if (!operation.is_object() || !operation.contains("operationId")) continue;
            INFO(method << " " << path);
            ++operations;
            REQUIRE(operation.contains("security"));
            CHECK(operation.at("security").empty() == !operation.contains("x-scope"));
        }
    }
    CHECK(operations > 10);
    CHECK(contract.at("components").at("securitySchemes").at("jeton").at("scheme") == "bearer");
    CHECK_NOTHROW(Contract::fromJson(contract));
}

TEST_CASE("a contract that says two things about security is refused") {
    const Json named = Json::parse(R"([{"jeton":["fiches:read"]}])");
    CHECK_NOTHROW(Contract::fromJson(oneOperation({{"security", named}, {"x-scope", "fiches:read"}})));
    CHECK_NOTHROW(Contract::fromJson(oneOperation(Json::parse(R"({"security":[]})"))));
    CHECK_THROWS_WITH(Contract::fromJson(oneOperation(Json{{"security", named}})), Catch::Contains("different scopes"));
    CHECK_THROWS_WITH(Contract::fromJson(oneOperation({{"security", named}, {"x-scope", "fiches:write"}})),
                      Catch::Contains("different scopes"));
    CHECK_THROWS_WITH(Contract::fromJson(oneOperation({{"security", Json::array()}, {"x-scope", "fiches:read"}})),
                      Catch::Contains("is empty"));
    auto whole = oneOperation();
    whole["security"] = named;
    CHECK_THROWS_WITH(Contract::fromJson(whole), Catch::Contains("different scopes"));
}
