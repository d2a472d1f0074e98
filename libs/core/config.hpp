// Configuration from the environment: typed, described, checked as a whole before anything starts.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace histologe::core {

// Why a process refuses to start: one clear line for the operator.
class ConfigError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Reads HISTOLOGE_* variables. Each read declares the variable (description, default, secret or not), so that the same
// code documents, prints and checks the configuration. Read everything, then call finish().
//
//   core::Config config("intake", core::environment());
//   settings.databaseUrl = config.secret("HISTOLOGE_INTAKE_DATABASE_URL", "PostgreSQL of intake");
//   settings.port = config.integer("HISTOLOGE_INTAKE_PORT", "port of the operations", 8101, 0, 65535);
//   config.finish();
class Config {
  public:
    using Environment = std::map<std::string, std::string>;

    // `service` names the prefix HISTOLOGE_<SERVICE>_ whose unknown variables stop the start, as unknown variables
    // outside every service's prefix do.
    Config(std::string service, Environment environment);

    // Readers of one variable each. Without a default the variable must be set. Throw ConfigError naming the variable and
    // what it should be; the value of a secret is never named.
    std::string text(const std::string& name, const std::string& description, std::optional<std::string> fallback = {});
    std::string secret(const std::string& name, const std::string& description, std::optional<std::string> fallback = {});
    std::int64_t integer(const std::string& name, const std::string& description, std::optional<std::int64_t> fallback,
                         std::int64_t smallest, std::int64_t largest);
    bool flag(const std::string& name, const std::string& description, bool fallback);
    std::string choice(const std::string& name, const std::string& description, const std::string& fallback,
                       const std::vector<std::string>& allowed);
    // Comma-separated, blanks around items dropped; empty text is an empty list.
    std::vector<std::string> list(const std::string& name, const std::string& description, const std::string& fallback);

    // Throws ConfigError when a HISTOLOGE_ variable is set that nobody declared.
    void finish() const;

    // `NAME=value  # description`, one line each, by name; secrets as ***.
    [[nodiscard]] std::string print() const;

  private:
    struct Declared {
        std::string description;
        std::string shown;
    };
    std::optional<std::string> take(const std::string& name) const;
    std::string declare(const std::string& name, const std::string& description, std::optional<std::string> fallback,
                        bool isSecret);

    std::string service_;
    Environment environment_;
    std::map<std::string, Declared> declared_;
};

// The HISTOLOGE_ variables of this process.
Config::Environment environment();

}  // namespace histologe::core
