// The gateway's configuration, made from the contract: which path goes to which service is written nowhere else.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "libs/core/json.hpp"

namespace histologe::environment {

struct GatewaySettings {
    std::string listen = "127.0.0.1";
    int port = 8080;
    std::string user;  // whom nginx's workers become when it is started by root; empty: root itself
    // host:port of every instance, by what `x-service` says in the contract; `intake-upload` are intake's upload ports.
    // A service without any answers 502.
    std::map<std::string, std::vector<std::string>> upstreams;
    std::filesystem::path folder;         // where nginx may write: temporary bodies, pid, log
    std::filesystem::path documentation;  // the folder served as /api/doc/
    std::filesystem::path contract;       // the bundled OpenAPI document, served as /api/openapi.json
    int files = 65536;                    // descriptors that nginx may have open
    int rate = 50;                        // requests a second from one address, with bursts of twice as many
    int connections = 100;                // at once from one address
    std::vector<std::string> frontOrigins;
};

// One `location` of the gateway, for tests and people.
struct GatewayRoute {
    std::string match;  // as nginx reads it: `= /path`, `^~ /path/`, `~ "^/path/[^/]+$"`
    std::string label;  // what the access log names it
    std::map<std::string, std::string> upstreamByMethod;  // method -> upstream; all the same for most
    long long maxBodyBytes = 0;
};

// The locations that the document needs, in the order in which they must stand. A path whose whole subtree belongs to
// one service is one prefix; where services share a prefix each path stands alone. Throws
// std::runtime_error when an operation has no `x-service`.
std::vector<GatewayRoute> gatewayRoutes(const core::Json& contract);

// The whole nginx.conf. Throws std::runtime_error when the template names what is not known.
std::string gatewayConfiguration(const GatewaySettings& settings, const core::Json& contract,
                                 const std::string& templateText);

// Writes it to `file`; true when that changed the file.
bool writeGatewayConfiguration(const GatewaySettings& settings, const std::filesystem::path& templateFile,
                               const std::filesystem::path& file);

}  // namespace histologe::environment
