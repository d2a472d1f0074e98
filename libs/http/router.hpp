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
    enum class Where {
        Worker,  // on the worker pool: it may wait for a database
        Inline,  // on the thread that reads sockets
        Aside,   // on the few threads of low priority that are kept for long computations
    };
    struct Binding {
        Handler handler;
        Where where = Where::Worker;
    };

    // The handler runs on the worker pool: it may wait for a database.
    void bind(std::string operationId, Handler handler);
    // The handler runs on the thread that reads sockets: it must never wait for anything, not even a contended lock.
    void bindInline(std::string operationId, Handler handler);
    // The handler computes for tens of milliseconds (a password's hash): it runs aside, so that however many such requests
    // come at once, workers stay free for all others. Requests beyond the queue's bound are answered 503.
    void bindAside(std::string operationId, Handler handler);

    // Both throw std::logic_error when the operation is bound already. A Server checks that bindings and contract
    // agree.
    [[nodiscard]] const std::map<std::string, Binding>& bindings() const noexcept { return bindings_; }

  private:
    void add(std::string operationId, Handler handler, Where where);
    std::map<std::string, Binding> bindings_;
};

}  // namespace histologe::http
