#include <algorithm>

#include <catch2/catch.hpp>

#include "tools/environment/gateway.hpp"

using namespace histologe::environment;
using histologe::core::Json;

namespace {

Json operation(const std::string& service) {
    return {{"x-service", service}};
}

Json upload(const std::string& service) {
    return {{"x-service", service}, {"requestBody", {{"content", {{"multipart/form-data", Json::object()}}}}}};
}

Json contract(Json paths) {
    return {{"openapi", "3.1.0"}, {"paths", std::move(paths)}};
}

const GatewayRoute& find(const std::vector<GatewayRoute>& routes, const std::string& match) {
    const auto found =
        std::find_if(routes.begin(), routes.end(), [&](const GatewayRoute& route) { return route.match == match; });
    if (found == routes.end()) {
        FAIL("no route " + match);
    }
    return *found;
}

std::vector<std::string> matches(const std::vector<GatewayRoute>& routes) {
    std::vector<std::string> all;
    for (const auto& route : routes) {
        all.push_back(route.match);
    }
    return all;
}

}  // namespace

TEST_CASE("a subtree of one service is one prefix") {
    const auto routes = gatewayRoutes(contract({{"/signalement-draft/check", {{"post", operation("intake")}}},
                                                {"/signalement-draft/{uuid}/envoi", {{"put", operation("intake")}}},
                                                {"/bailleurs", {{"get", operation("routing")}}}}));
    CHECK(matches(routes) == std::vector<std::string>{"= /bailleurs", "^~ /signalement-draft/"});
    CHECK(find(routes, "= /bailleurs").upstreamByMethod.at("*") == "routing");
    CHECK(find(routes, "^~ /signalement-draft/").upstreamByMethod.at("*") == "intake");
    CHECK(find(routes, "^~ /signalement-draft/").maxBodyBytes == 1 << 20);
}

TEST_CASE("a shared prefix is split, literal before any value") {
    const auto routes =
        gatewayRoutes(contract({{"/api/signalements", {{"post", operation("intake")}, {"get", operation("routing")}}},
                                {"/api/signalements/{uuid}", {{"get", operation("routing")}}},
                                {"/api/signalements/{uuid}/score", {{"get", operation("scoring")}}},
                                {"/api/signalements/{uuid}/{quoi}", {{"get", operation("routing")}}},
                                {"/api/signalements/v1.0/x", {{"get", operation("intake")}}}}));
    CHECK(matches(routes) == std::vector<std::string>{
                                 "= /api/signalements", "^~ /api/signalements/v1.0/", "~ \"^/api/signalements/[^/]+$\"",
                                 "~ \"^/api/signalements/[^/]+/score$\"", "~ \"^/api/signalements/[^/]+/[^/]+$\""});
    const auto& shared = find(routes, "= /api/signalements");
    CHECK(shared.upstreamByMethod.at("POST") == "intake");
    CHECK(shared.upstreamByMethod.at("GET") == "routing");
    CHECK(shared.label == "/api/signalements");
}

TEST_CASE("uploads have their own door and limit") {
    auto large = operation("intake");
    large["x-max-body"] = 5 << 20;
    const auto routes = gatewayRoutes(contract({{"/signalement/handle", {{"post", upload("intake-upload")}}},
                                                {"/dossiers/{uuid}/fichiers", {{"post", upload("routing")}}},
                                                {"/import", {{"post", large}}}}));
    CHECK(find(routes, "^~ /signalement/").upstreamByMethod.at("*") == "intake-upload");
    CHECK(find(routes, "^~ /signalement/").maxBodyBytes == 25 << 20);
    CHECK(find(routes, "^~ /dossiers/").upstreamByMethod.at("*") == "routing");
    CHECK(find(routes, "^~ /dossiers/").maxBodyBytes == 25 << 20);
    CHECK(find(routes, "= /import").maxBodyBytes == 5 << 20);
}

TEST_CASE("what the contract or the template leaves open is refused") {
    CHECK_THROWS_WITH(gatewayRoutes(contract({{"/x", {{"get", Json::object()}}}})), Catch::Contains("no x-service"));
    CHECK_THROWS_WITH(gatewayConfiguration({}, contract(Json::object()), "listen <<inconnu>>;"),
                      Catch::Contains("<<inconnu>>"));
    GatewaySettings settings;
    settings.port = 8123;
    CHECK(gatewayConfiguration(settings, contract(Json::object()), "listen <<listen>>;") == "listen 127.0.0.1:8123;");
}

TEST_CASE("a service without an instance still has an upstream, that answers nothing") {
    const auto text = gatewayConfiguration({}, contract({{"/x", {{"get", operation("routing")}}}}), "<<upstreams>>");
    CHECK(text.find("upstream histologe_routing {\n        server 127.0.0.1:1 down;") != std::string::npos);
}
