// Prints the gateway's configuration made from the contract, for machines where the services are started by other
// means.
#include <fstream>
#include <iostream>
#include <sstream>

#include <CLI/CLI.hpp>

#include "tools/environment/gateway.hpp"

namespace {

std::string read(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

int main(int argc, char** argv) {
    using namespace histologe;
    environment::GatewaySettings settings;
    settings.user = "www-data";
    std::string templateFile = "deploy/nginx/nginx.conf.template";
    std::string contract;
    std::string documentation;
    std::string folder = "/var/lib/histologe/gateway";
    std::vector<std::string> instances;
    CLI::App app("Writes nginx.conf to standard output. The contract says which path goes to which service.");
    app.add_option("--contract", contract, "the bundled contract, openapi.json")->required()->check(CLI::ExistingFile);
    app.add_option("--template", templateFile, "nginx.conf.template")->capture_default_str()->check(CLI::ExistingFile);
    app.add_option("--documentation", documentation, "folder of the API's documentation page")->required();
    app.add_option("--folder", folder, "where nginx may write")->capture_default_str();
    app.add_option("--listen", settings.listen, "address to listen on")->capture_default_str();
    app.add_option("--port", settings.port, "port to listen on")->capture_default_str();
    app.add_option("--user", settings.user, "user of nginx's workers")->capture_default_str();
    app.add_option("--rate", settings.rate, "requests a second from one address")->capture_default_str();
    app.add_option("--connections", settings.connections, "connections at once from one address")
        ->capture_default_str();
    app.add_option("--front-origin", settings.frontOrigins, "origin of the front; may be repeated");
    app.add_option("--instance", instances,
                   "service=host:port, once for each instance; intake-upload=host:port for intake's upload ports")
        ->required();
    CLI11_PARSE(app, argc, argv);
    try {
        for (const auto& instance : instances) {
            const auto equals = instance.find('=');
            if (equals == std::string::npos) {
                throw std::runtime_error("--instance " + instance + " is not service=host:port");
            }
            settings.upstreams[instance.substr(0, equals)].push_back(instance.substr(equals + 1));
        }
        settings.contract = std::filesystem::absolute(contract);
        settings.documentation = std::filesystem::absolute(documentation);
        settings.folder = std::filesystem::absolute(folder);
        std::cout << environment::gatewayConfiguration(settings, core::parseJson(read(contract)), read(templateFile));
    } catch (const std::exception& error) {
        std::cerr << "histologe-gateway: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
