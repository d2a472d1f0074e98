#include "tests/unit/tree/include_walls.hpp"

#include <sstream>

namespace histologe::tree {
namespace {

bool startsWith(const std::string& text, const std::string& start) {
    return text.rfind(start, 0) == 0;
}

bool startsWithAny(const std::string& text, const std::vector<std::string>& starts) {
    for (const auto& start : starts) {
        if (startsWith(text, start)) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> includes(const std::string& text) {
    std::vector<std::string> found;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const auto first = line.find_first_not_of(" \t");
        if (first == std::string::npos || line[first] != '#' || line.find("include") == std::string::npos) {
            continue;
        }
        const auto open = line.find_first_of("\"<");
        const auto close = line.find_first_of("\">", open + 1);
        if (open != std::string::npos && close != std::string::npos) {
            found.push_back(line.substr(open + 1, close - open - 1));
        }
    }
    return found;
}

// `services/intake` of `services/intake/domain/x.cpp`.
std::string serviceOf(const std::string& path) {
    return startsWith(path, "services/") ? path.substr(0, path.find('/', sizeof("services/") - 1)) : "";
}

bool isDomain(const std::string& file) {
    const auto service = serviceOf(file);
    return startsWith(file, "libs/domain/") || (!service.empty() && startsWith(file, service + "/domain/"));
}

const std::vector<std::string>& outsideWorld() {
    static const std::vector<std::string> all{"libs/http/",  "libs/postgres/", "libs/streams/", "libs/service/",
                                              "libs/files/", "pistache/",      "libpq-fe.h",    "hiredis/",
                                              "httplib.h",   "curl/"};
    return all;
}

std::string reasonAgainst(const std::string& file, const std::string& included) {
    const auto service = serviceOf(file);
    if (startsWith(included, ".")) {
        return "includes start at the tree's root";
    }
    if (startsWith(included, "tests/") && !startsWith(file, "tests/")) {
        return "only tests include tests";
    }
    if (startsWith(file, "libs/") && startsWithAny(included, {"services/", "tools/"})) {
        return "libs never includes services or tools";
    }
    if (startsWith(file, "libs/core/") && startsWith(included, "libs/") && !startsWith(included, "libs/core/")) {
        return "core depends on nothing";
    }
    if (!service.empty() && startsWith(included, "services/") && !startsWith(included, service + "/")) {
        return "a service never includes another";
    }
    if (!service.empty() && startsWith(included, "tools/")) {
        return "a service never includes tools";
    }
    if (isDomain(file) && startsWithAny(included, outsideWorld())) {
        return "domain is pure";
    }
    if (isDomain(file) && !service.empty() && startsWith(included, "services/") &&
        !startsWith(included, service + "/domain/")) {
        return "domain is pure";
    }
    if (startsWith(included, "pistache/") && !startsWith(file, "libs/http/")) {
        return "only libs/http knows the transport";
    }
    return {};
}

}  // namespace

std::vector<std::string> breaches(const std::string& file, const std::string& text) {
    std::vector<std::string> found;
    for (const auto& included : includes(text)) {
        if (const auto reason = reasonAgainst(file, included); !reason.empty()) {
            found.push_back(file + " includes " + included + ": " + reason);
        }
    }
    const bool isQuiet = !serviceOf(file).empty() && !startsWith(file, serviceOf(file) + "/store/");
    if (isQuiet && text.find("Statement k") != std::string::npos) {
        found.push_back(file + " has a statement of its own: SQL is in store/");
    }
    if (isDomain(file)) {
        for (const std::string clock : {"SystemClock", "system_clock::now", "steady_clock::now"}) {
            if (text.find(clock) != std::string::npos) {
                found.push_back(file + " uses " + clock + ": domain has no clock of its own");
            }
        }
    }
    return found;
}

}  // namespace histologe::tree
