#include "libs/http/route_table.hpp"

#include <algorithm>

#include "libs/core/text.hpp"

namespace histologe::http {

struct RouteTable::Node {
    // A segment with a variable: what stands before and after it.
    struct Variable {
        std::string prefix;
        std::string suffix;
        std::unique_ptr<Node> next;
    };
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::vector<Variable> variables;  // the longest text around the variable first
    Methods methods;

    bool find(const std::vector<std::string>& segments, std::size_t at, Match& match) const {
        if (at == segments.size()) {
            if (methods.byName.empty()) return false;
            match.methods = &methods;
            return true;
        }
        const auto& segment = segments[at];
        if (const auto place = literals.find(segment); place != literals.end()) {
            if (place->second->find(segments, at + 1, match)) return true;
        }
        for (const auto& variable : variables) {
            const auto around = variable.prefix.size() + variable.suffix.size();
            if (segment.size() <= around || !segment.starts_with(variable.prefix) ||
                !segment.ends_with(variable.suffix)) {
                continue;
            }
            match.variables.push_back(segment.substr(variable.prefix.size(), segment.size() - around));
            if (variable.next->find(segments, at + 1, match)) return true;
            match.variables.pop_back();
        }
        return false;
    }

    Node& child(const std::string& segment) {
        const auto open = segment.find('{');
        if (open == std::string::npos) {
            auto& next = literals[segment];
            if (!next) next = std::make_unique<Node>();
            return *next;
        }
        const auto close = segment.find('}', open);
        const auto prefix = segment.substr(0, open);
        const auto suffix = segment.substr(close + 1);
        for (auto& variable : variables) {
            if (variable.prefix == prefix && variable.suffix == suffix) return *variable.next;
        }
        auto node = std::make_unique<Node>();
        auto& created = *node;
        variables.push_back({prefix, suffix, std::move(node)});
        std::stable_sort(variables.begin(), variables.end(), [](const Variable& left, const Variable& right) {
            return left.prefix.size() + left.suffix.size() > right.prefix.size() + right.suffix.size();
        });
        return created;
    }
};

RouteTable::RouteTable() : root_(std::make_unique<Node>()) {}
RouteTable::~RouteTable() = default;

void RouteTable::add(const std::string& method, const std::string& pathTemplate, std::size_t number) {
    auto* node = root_.get();
    for (const auto& segment : core::split(std::string_view(pathTemplate).substr(1), '/')) node = &node->child(segment);
    node->methods.byName[method] = number;
    std::string allow;
    for (const auto& [name, ignored] : node->methods.byName) {
        allow += name + ", ";
        if (name == "GET" && !node->methods.byName.contains("HEAD")) allow += "HEAD, ";
    }
    node->methods.allow = allow + "OPTIONS";
}

RouteTable::Match RouteTable::find(const std::vector<std::string>& segments) const {
    Match match;
    root_->find(segments, 0, match);
    return match;
}

std::vector<std::string> RouteTable::variableNames(const std::string& pathTemplate) {
    std::vector<std::string> names;
    for (std::size_t at = pathTemplate.find('{'); at != std::string::npos; at = pathTemplate.find('{', at + 1)) {
        names.push_back(pathTemplate.substr(at + 1, pathTemplate.find('}', at) - at - 1));
    }
    return names;
}

}  // namespace histologe::http
