// What every service is configured with, whatever it does.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "libs/core/config.hpp"

namespace histologe::service {

struct Settings {
    std::string service;
    std::string databaseUrl;
    std::size_t databaseSessions = 8;
    std::string redisUrl;
    std::uint32_t partitions = 16;
    std::string host;
    std::uint16_t port = 0;
    std::uint16_t adminPort = 0;
    unsigned ioThreads = 1;
    unsigned workers = 48;
    unsigned asideWorkers = 1;
    std::string apiDocument;
    std::string dataDir;
    std::string publicUrl;
    std::vector<std::string> frontOrigins;
    bool trustForwardedFor = false;
    bool validateResponses = false;
    std::string logLevel;
    std::string authPublicKeys;
    std::string authKeysFile;
    std::string authIssuer;
    std::string authAudience;
    int eventTries = 5;
    std::chrono::milliseconds eventFirstRetry{250};
};

// Declares and reads the variables; throws core::ConfigError. `service` is the service's name in lower case.
Settings readSettings(core::Config& config, const std::string& service);

}  // namespace histologe::service
