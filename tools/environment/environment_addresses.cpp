// Where everything of an environment is: ports, addresses, folders, and the variables that tell the services.
#include "tools/environment/environment.hpp"
#include "tools/environment/variables.hpp"

namespace histologe::environment {
namespace {

std::string url(const char* scheme, int port) {
    return std::string(scheme) + "://127.0.0.1:" + std::to_string(port);
}

}  // namespace

std::string Environment::instanceName(const std::string& service, int instance) {
    return service + "-" + std::to_string(instance);
}

PostgresServer& Environment::postgres() {
    return *postgres_;
}
std::string Environment::databaseUrl(const std::string& service) const {
    return postgres_->url(service);
}
std::string Environment::superuserUrl() const {
    return postgres_->superuserUrl();
}
std::string Environment::redisUrl() {
    return url("redis", redisPort());
}
std::string Environment::smtpUrl() {
    return url("smtp", smtpPort());
}
std::string Environment::gatewayUrl() {
    return url("http", gatewayPort());
}
std::string Environment::mailboxUrl() {
    return url("http", mailboxPort());
}

int Environment::redisPort() {
    return supervisor_->port("redis.port");
}
int Environment::gatewayPort() {
    return supervisor_->port("gateway.port", settings_.gatewayPort);
}
int Environment::mailboxPort() {
    return supervisor_->port("mailbox.http", settings_.mailboxPort);
}
int Environment::smtpPort() {
    return supervisor_->port("mailbox.smtp");
}
int Environment::servicePort(const std::string& service, int instance) {
    return supervisor_->port(instanceName(service, instance) + ".http");
}
int Environment::adminPort(const std::string& service, int instance) {
    return supervisor_->port(instanceName(service, instance) + ".admin");
}
int Environment::uploadPort(int instance) {
    return supervisor_->port(instanceName("intake", instance) + ".upload");
}

std::filesystem::path Environment::log(const std::string& name) const {
    return supervisor_->log(name);
}
std::filesystem::path Environment::filesFolder() const {
    return supervisor_->folder() / "fichiers";
}

std::string Environment::antivirusAddress() const {
    return "unix:" + (supervisor_->folder() / "antivirus" / "clamd.sock").string();
}

std::filesystem::path Environment::program(const std::string& service) const {
    return settings_.buildFolder / "bin" / ("histologe-" + service);
}

int Environment::instancesOf(const std::string& service) const {
    const auto found = settings_.instances.find(service);
    return found == settings_.instances.end() ? 1 : found->second;
}

std::map<std::string, std::string> Environment::variablesOf(const std::string& service, int instance) {
    std::filesystem::create_directories(filesFolder());
    makeKeys();
    auto variables =
        serviceVariables(service, {{"databaseUrl", databaseUrl(service)},
                                   {"port", std::to_string(servicePort(service, instance))},
                                   {"adminPort", std::to_string(adminPort(service, instance))},
                                   {"uploadPort", service == "intake" ? std::to_string(uploadPort(instance)) : ""},
                                   {"redisUrl", redisUrl()},
                                   {"smtpUrl", smtpUrl()},
                                   {"apiDocument", settings_.buildFolder / "api" / "openapi.json"},
                                   {"dataDir", settings_.sourceFolder / "data"},
                                   {"filesDir", filesFolder()},
                                   {"antivirus", settings_.antivirus ? antivirusAddress() : "none"},
                                   {"linkSecrets", service == "intake" ? linkSecret() : ""},
                                   {"authKeysFile", publicKeysFile()},
                                   {"accessKeyFile", accessKeyFile()},
                                   {"signingKeyFile", signingKeyFile()},
                                   {"frontOrigins", settings_.frontOrigin},
                                   {"publicUrl", settings_.frontOrigin},
                                   {"logLevel", settings_.logLevel},
                                   {"partitions", std::to_string(settings_.partitions)}});
    for (const auto& whose : {std::string("*"), service}) {
        const auto further = settings_.variables.find(whose);
        if (further != settings_.variables.end()) {
            for (const auto& [name, value] : further->second) {
                variables[name] = value;
            }
        }
    }
    return variables;
}

}  // namespace histologe::environment
