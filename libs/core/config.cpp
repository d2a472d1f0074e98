#include "libs/core/config.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "libs/core/text.hpp"

namespace histologe::core {
namespace {

constexpr std::string_view kPrefix = "HISTOLOGE_";
constexpr std::array<std::string_view, 5> kServices = {"INTAKE", "SCORING", "ROUTING", "NOTIFICATION", "STATISTICS"};

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

}  // namespace

Config::Config(std::string service, Environment environment)
    : service_(upper(std::move(service))), environment_(std::move(environment)) {}

std::optional<std::string> Config::take(const std::string& name) const {
    const auto found = environment_.find(name);
    if (found == environment_.end()) return std::nullopt;
    return found->second;
}

std::string Config::declare(const std::string& name, const std::string& description,
                            std::optional<std::string> fallback, bool isSecret) {
    auto value = take(name);
    if (!value) value = std::move(fallback);
    if (!value) throw ConfigError(name + " is not set (" + description + ")");
    declared_[name] = {description, isSecret && !value->empty() ? "***" : *value};
    return *value;
}

std::string Config::text(const std::string& name, const std::string& description, std::optional<std::string> fallback) {
    return declare(name, description, std::move(fallback), false);
}

std::string Config::secret(const std::string& name, const std::string& description,
                           std::optional<std::string> fallback) {
    return declare(name, description, std::move(fallback), true);
}

std::int64_t Config::integer(const std::string& name, const std::string& description,
                             std::optional<std::int64_t> fallback, std::int64_t smallest, std::int64_t largest) {
    const auto value =
        declare(name, description, fallback ? std::optional(std::to_string(*fallback)) : std::nullopt, false);
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (problem != std::errc() || end != value.data() + value.size() || number < smallest || number > largest) {
        throw ConfigError(name + "=" + value + " is not a whole number from " + std::to_string(smallest) + " to " +
                          std::to_string(largest) + " (" + description + ")");
    }
    return number;
}

bool Config::flag(const std::string& name, const std::string& description, bool fallback) {
    return choice(name, description, fallback ? "true" : "false", {"true", "false"}) == "true";
}

std::string Config::choice(const std::string& name, const std::string& description, const std::string& fallback,
                           const std::vector<std::string>& allowed) {
    auto value = declare(name, description, fallback, false);
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
        std::string names;
        for (const auto& one : allowed) names += (names.empty() ? "" : ", ") + one;
        throw ConfigError(name + "=" + value + " is not one of: " + names + " (" + description + ")");
    }
    return value;
}

std::vector<std::string> Config::list(const std::string& name, const std::string& description,
                                      const std::string& fallback) {
    std::vector<std::string> items;
    for (const auto& part : split(declare(name, description, fallback, false), ',')) {
        const auto item = trim(part);
        if (!item.empty()) items.emplace_back(item);
    }
    return items;
}

void Config::finish() const {
    for (const auto& [name, value] : environment_) {
        if (!name.starts_with(kPrefix) || declared_.contains(name)) continue;
        const auto rest = std::string_view(name).substr(kPrefix.size());
        const bool ofAnotherService = std::any_of(kServices.begin(), kServices.end(), [&](std::string_view service) {
            return service != service_ && rest.starts_with(std::string(service) + "_");
        });
        if (!ofAnotherService) throw ConfigError(name + " is not a variable that this program knows");
    }
}

std::string Config::print() const {
    std::string lines;
    for (const auto& [name, variable] : declared_) {
        lines += name + "=" + variable.shown + "  # " + variable.description + "\n";
    }
    return lines;
}

Config::Environment environment() {
    Config::Environment found;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const auto equals = text.find('=');
        if (text.starts_with(kPrefix) && equals != std::string_view::npos) {
            found.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return found;
}

}  // namespace histologe::core
