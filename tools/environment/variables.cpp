#include "tools/environment/variables.hpp"

#include <stdexcept>
#include <string_view>
#include <vector>

namespace histologe::environment {
namespace {

struct Variable {
    std::string_view services;  // who knows it: names between blanks, or "*"
    std::string_view name;      // {SERVICE} is the service's name in capitals
    std::string_view value;
};

// A service refuses to start with a variable that it does not know: this table is where the two must agree.
constexpr Variable kVariables[] = {
    {"*", "HISTOLOGE_{SERVICE}_DATABASE_URL", "{databaseUrl}"},
    {"*", "HISTOLOGE_{SERVICE}_PORT", "{port}"},
    {"*", "HISTOLOGE_{SERVICE}_ADMIN_PORT", "{adminPort}"},
    {"*", "HISTOLOGE_REDIS_URL", "{redisUrl}"},
    {"*", "HISTOLOGE_API_DOCUMENT", "{apiDocument}"},
    {"*", "HISTOLOGE_DATA_DIR", "{dataDir}"},
    {"*", "HISTOLOGE_FRONT_ORIGINS", "{frontOrigins}"},
    {"*", "HISTOLOGE_PUBLIC_URL", "{publicUrl}"},
    {"*", "HISTOLOGE_LOG_LEVEL", "{logLevel}"},
    {"*", "HISTOLOGE_PARTITIONS", "{partitions}"},
    {"*", "HISTOLOGE_AUTH_KEYS_FILE", "{authKeysFile}"},
    {" intake ", "HISTOLOGE_INTAKE_UPLOAD_PORT", "{uploadPort}"},
    {" intake ", "HISTOLOGE_INTAKE_FILES_DIR", "{filesDir}"},
    // Everybody here shares one address: like the gateway's rate, high enough for benches.
    {" intake ", "HISTOLOGE_INTAKE_DRAFTS_PER_ADDRESS", "100000000"},
    {" intake ", "HISTOLOGE_INTAKE_DRAFT_SAVES", "100000000"},
    {" intake ", "HISTOLOGE_INTAKE_ANTIVIRUS", "{antivirus}"},
    {" intake ", "HISTOLOGE_INTAKE_LINK_SECRETS", "{linkSecrets}"},
    {" intake ", "HISTOLOGE_INTAKE_UPLOADS_PER_HOUR", "1000000"},
    {" intake ", "HISTOLOGE_INTAKE_ACCESS_KEY_FILE", "{accessKeyFile}"},
    {" intake ", "HISTOLOGE_INTAKE_ACCESS_PER_ADDRESS", "1000000"},
    {" routing ", "HISTOLOGE_ROUTING_SIGNING_KEY_FILE", "{signingKeyFile}"},
    {" notification ", "HISTOLOGE_NOTIFICATION_SMTP_URL", "{smtpUrl}"},
};

std::string filled(std::string_view text, const std::map<std::string, std::string>& facts) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = text.find('{', at);
        result += text.substr(at, open - at);
        if (open == std::string_view::npos) {
            break;
        }
        const std::size_t close = text.find('}', open);
        const std::string name(text.substr(open + 1, close - open - 1));
        const auto fact = facts.find(name);
        if (fact == facts.end()) {
            throw std::runtime_error("nothing is known of {" + name + "} in " + std::string(text));
        }
        result += fact->second;
        at = close + 1;
    }
    return result;
}

}  // namespace

std::map<std::string, std::string> serviceVariables(const std::string& service,
                                                    const std::map<std::string, std::string>& facts) {
    auto known = facts;
    for (const char letter : service) {
        known["SERVICE"] += static_cast<char>(letter - 'a' + 'A');
    }
    std::map<std::string, std::string> variables;
    for (const auto& variable : kVariables) {
        if (variable.services == "*" || variable.services.find(" " + service + " ") != std::string_view::npos) {
            variables[filled(variable.name, known)] = filled(variable.value, known);
        }
    }
    return variables;
}

}  // namespace histologe::environment
