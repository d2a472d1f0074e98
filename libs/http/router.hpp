// Which function answers which operation of the contract. Paths and methods are not written here: the contract has
// them.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "libs/http/message.hpp"

namespace histologe::http {

// Answers one request, or throws core::Error. Called from several threads at once.
using Handler = std::function<Response(const Request&)>;

class Router {
  public:
    struct Binding {
        Handler handler;
        bool isInline = false;
    };

    // The handler runs on the worker pool: it may wait for a database.
    void bind(std::string operationId, Handler handler);
    // The handler runs on the thread that reads sockets: it must never wait for anything, not even a contended lock.
    void bindInline(std::string operationId, Handler handler);

    // Both throw std::logic_error when the operation is bound already. A Server checks that bindings and contract
    // agree.
    [[nodiscard]] const std::map<std::string, Binding>& bindings() const noexcept { return bindings_; }

  private:
    void add(std::string operationId, Handler handler, bool isInline);
    std::map<std::string, Binding> bindings_;
};

}  // namespace histologe::http
