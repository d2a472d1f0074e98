// From a path to the operations behind it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace histologe::http {

// Path templates as OpenAPI writes them: `/signalements/{id}/fichiers`, also a variable with text around it in one
// segment
// (`/requests/{id}.json`). A literal segment wins over a variable one. Built once, then read from any thread.
class RouteTable {
  public:
    // What leads to one path: its methods, each with the number that was given to add().
    struct Methods {
        std::map<std::string, std::size_t, std::less<>> byName;
        std::string allow;  // for the Allow header: HEAD beside GET, OPTIONS always
    };
    struct Match {
        const Methods* methods = nullptr;    // nullptr: no such path
        std::vector<std::string> variables;  // in the order of the template
    };

    RouteTable();
    ~RouteTable();

    void add(const std::string& method, const std::string& pathTemplate, std::size_t number);
    // `segments` are decoded.
    [[nodiscard]] Match find(const std::vector<std::string>& segments) const;

    // The names of a template's variables, in order.
    static std::vector<std::string> variableNames(const std::string& pathTemplate);

  private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace histologe::http
