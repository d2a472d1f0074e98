#include "libs/http/contract.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/http/fixture.hpp"

using namespace histologe;
using namespace histologe::http;
using core::Json;

namespace {

Json documentWith(const std::string& path, const Json& operation) {
    return {{"openapi", "3.1.0"}, {"paths", {{path, {{"get", operation}}}}}};
}

const Json kMinimal = {{"operationId", "x"}, {"x-service", "s"}, {"responses", {{"200", {{"description", "ok"}}}}}};

Json with(Json operation, const std::string& member, const Json& value) {
    operation[member] = value;
    return operation;
}

}  // namespace

TEST_CASE("the contract tells all that the server obeys") {
    const auto contract = http::testing::testContract();
    const auto* create = contract.find("createFiche");
    REQUIRE(create != nullptr);
    CHECK(create->method == "POST");
    CHECK(create->path == "/fiches");
    CHECK(create->isIdempotent);
    CHECK(create->isBodyRequired);
    CHECK(create->bodySchemas.contains("application/json"));
    CHECK(contract.find("readFiche")->parameters.at(0).location == "path");
    CHECK(contract.find("upload")->maxBodyBytes == 2000000);
    CHECK(contract.find("limited")->rateLimit->limit == 3);
    CHECK(contract.find("protected")->scope == "fiches:read");
    CHECK(contract.find("hello")->responseSchemas.at("200").contains("application/json"));
    CHECK(contract.find("nothing") == nullptr);
    CHECK(contract.forService("other").operations().empty());
    CHECK(contract.forService("test").operations().size() == contract.operations().size());
}

TEST_CASE("a contract that cannot be obeyed is refused with its reason") {
    const auto refusal = [](const Json& document) {
        try {
            Contract::fromJson(document);
        } catch (const std::runtime_error& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    CHECK(refusal(documentWith("/a", kMinimal)) == "accepted");
    CHECK(refusal(documentWith("a", kMinimal)) == "contract: a: a path starts with /");
    CHECK(refusal(documentWith("/a", with(kMinimal, "operationId", ""))) == "contract: GET /a: no operationId");
    CHECK(refusal(documentWith("/a", with(kMinimal, "x-service", ""))) == "contract: GET /a: no x-service");
    CHECK(refusal(documentWith("/a/{id}", kMinimal)) == "contract: GET /a/{id}: path variable id is not declared");
    CHECK(refusal(documentWith("/a", with(kMinimal, "x-scpoe", "y"))) == "contract: GET /a: unknown extension x-scpoe");
    CHECK(refusal(documentWith("/a", with(kMinimal, "responses", Json::object()))) == "contract: GET /a: no responses");
    CHECK(refusal(documentWith("/a", with(kMinimal, "x-rate-limit", {{"limit", 3}}))) ==
          "contract: GET /a: x-rate-limit needs `limit` and `windowSeconds`");
    CHECK(refusal(documentWith("/a", with(kMinimal, "parameters", {{{"$ref", "#/components/parameters/X"}}}))) ==
          "contract: GET /a: reference to nothing: #/components/parameters/X");
    CHECK(refusal(documentWith("/a", with(kMinimal, "x-max-body", "much")))
              .starts_with("contract: not an OpenAPI document"));
    Json twice = documentWith("/a", kMinimal);
    twice["paths"]["/b"]["get"] = kMinimal;
    CHECK(refusal(twice) == "contract: x: two operations of that name");
    Json sameRoute =
        documentWith("/a/{id}", with(kMinimal, "parameters", {{{"name", "id"}, {"in", "path"}, {"required", true}}}));
    sameRoute["paths"]["/a/{nom}"]["get"] =
        with(with(kMinimal, "operationId", "y"), "parameters", {{{"name", "nom"}, {"in", "path"}, {"required", true}}});
    CHECK(refusal(sameRoute).starts_with("contract: y: route already taken"));
}

TEST_CASE("a service that does not answer exactly its operations refuses to start") {
    core::Metrics metrics;
    const auto start = [&](Router router) {
        try {
            const Server server({}, http::testing::testContract(), std::move(router), metrics);
        } catch (const std::logic_error& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    CHECK(start(http::testing::testRouter()) == "accepted");
    auto more = http::testing::testRouter();
    more.bind("extra", [](const Request&) { return Response::noContent(); });
    CHECK(start(std::move(more)) == "the contract and the service disagree; handlers without an operation: extra");
    CHECK(start(Router()).starts_with("the contract and the service disagree; operations without a handler: "));
    Router twice;
    twice.bind("hello", [](const Request&) { return Response::noContent(); });
    CHECK_THROWS_AS(twice.bind("hello", [](const Request&) { return Response::noContent(); }), std::logic_error);
}
