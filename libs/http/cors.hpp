// Cross-origin rules (Fetch standard) for the front's origins, exact matches only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libs/http/message.hpp"

namespace histologe::http {

class Cors {
  public:
    explicit Cors(std::vector<std::string> allowedOrigins) : allowed_(std::move(allowedOrigins)) {}

    [[nodiscard]] bool isAllowed(std::string_view origin) const;
    // Adds what an answer to that origin needs; nothing for an origin that is not allowed, so that its browser hides
    // it.
    void decorate(std::string_view origin, Response& response) const;
    // The answer to a preflight: `methods` is the path's Allow list.
    [[nodiscard]] Response preflight(std::string_view origin, const std::string& methods) const;

  private:
    std::vector<std::string> allowed_;
};

}  // namespace histologe::http
