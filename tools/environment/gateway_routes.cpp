#include <algorithm>
#include <memory>
#include <set>
#include <stdexcept>

#include "libs/core/text.hpp"
#include "tools/environment/gateway.hpp"

namespace histologe::environment {
namespace {

constexpr long long kMegabyte = 1024 * 1024;
constexpr long long kJsonBody = kMegabyte;
constexpr long long kUploadBody = 25 * kMegabyte;
constexpr long long kMultipartFrame = 64 * 1024;

// Where requests of one operation go, and how much body they may bring.
struct Target {
    std::string upstream;
    long long maxBody = kJsonBody;
    friend auto operator<=>(const Target&, const Target&) = default;
};

// The paths as a tree by segment; "{}" is any value.
struct Node {
    std::map<std::string, Target> targets;  // by method
    std::map<std::string, std::unique_ptr<Node>> children;
};

Target targetOf(const core::Json& operation) {
    Target target{operation.at("x-service").get<std::string>(), kJsonBody};
    const bool isUpload = operation.contains("requestBody") && operation["requestBody"].contains("content") &&
                          operation["requestBody"]["content"].contains("multipart/form-data");
    const long long declared = operation.value("x-max-body", 0LL);
    target.maxBody = isUpload ? std::max(kUploadBody, declared + kMultipartFrame) : std::max(kJsonBody, declared);
    return target;
}

void collect(const Node& node, std::set<Target>& targets) {
    for (const auto& [method, target] : node.targets) {
        targets.insert(target);
    }
    for (const auto& [segment, child] : node.children) {
        collect(*child, targets);
    }
}

std::string escaped(const std::string& segment) {
    std::string text;
    for (const char letter : segment) {
        if (std::string_view(".+*?()[]{}|^$\\\"").find(letter) != std::string_view::npos) {
            text += '\\';
        }
        text += letter;
    }
    return text;
}

GatewayRoute routeOf(const std::string& match, const std::string& label, const std::map<std::string, Target>& targets) {
    GatewayRoute route{match, label, {}, 0};
    for (const auto& [method, target] : targets) {
        route.upstreamByMethod[method] = target.upstream;
        route.maxBodyBytes = std::max(route.maxBodyBytes, target.maxBody);
    }
    return route;
}

// Exact paths and prefixes may stand anywhere; of regular expressions the first that matches wins, so what is literal
// comes before what takes any value ("{}" sorts after letters).
void lay(const Node& node, const std::string& path, const std::string& pattern, bool isLiteral,
         std::vector<GatewayRoute>& routes) {
    std::set<Target> targets;
    collect(node, targets);
    if (isLiteral && !path.empty() && targets.size() == 1) {
        const std::map<std::string, Target> one{{"*", *targets.begin()}};
        if (!node.targets.empty()) {
            routes.push_back(routeOf("= " + path, path, one));
        }
        if (!node.children.empty()) {
            routes.push_back(routeOf("^~ " + path + "/", path + "/", one));
        }
        return;
    }
    if (!node.targets.empty()) {
        const std::string whole = path.empty() ? "/" : path;
        routes.push_back(routeOf(isLiteral ? "= " + whole : "~ \"^" + pattern + "$\"", whole, node.targets));
    }
    for (const auto& [segment, child] : node.children) {
        const bool isAny = segment == "{}";
        lay(*child, path + "/" + segment, pattern + "/" + (isAny ? "[^/]+" : escaped(segment)), isLiteral && !isAny,
            routes);
    }
}

}  // namespace

std::vector<GatewayRoute> gatewayRoutes(const core::Json& contract) {
    static const std::set<std::string> kMethods{"get", "put", "post", "delete", "patch", "options", "head", "trace"};
    Node root;
    for (const auto& [path, operations] : contract.at("paths").items()) {
        Node* node = &root;
        for (const auto& segment : core::split(path, '/')) {
            if (segment.empty()) {
                continue;
            }
            // `{uuid}` and `{uuid}.json` both take any value.
            auto& child = node->children[segment.find('{') == std::string::npos ? std::string(segment) : "{}"];
            if (!child) {
                child = std::make_unique<Node>();
            }
            node = child.get();
        }
        for (const auto& [method, operation] : operations.items()) {
            if (kMethods.count(method) == 0) {
                continue;
            }
            if (!operation.contains("x-service")) {
                throw std::runtime_error("the operation " + method + " " + path + " of the contract has no x-service");
            }
            std::string capitals = method;
            std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                           [](char letter) { return static_cast<char>(letter - 'a' + 'A'); });
            node->targets[capitals] = targetOf(operation);
        }
    }
    std::vector<GatewayRoute> routes;
    lay(root, "", "", true, routes);
    return routes;
}

}  // namespace histologe::environment
