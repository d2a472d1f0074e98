// Which function answers which operation of the contract. Paths and methods are not written here: the contract has
// them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "libs/http/message.hpp"

namespace histologe::http {

// Answers one request, or throws core::Error. Called from several threads at once.
using Handler = std::function<Response(const Request&)>;

// Answers a request whose handler has returned: runs the function, which makes the answer or throws core::Error, on the
// calling thread. To be called once, from any thread, also after the server has stopped (nothing is then sent).
using AnswerLater = std::function<void(const std::function<Response()>&)>;
// Answers one request, or returns nothing and calls `later` when the answer is known: no thread waits meanwhile. The
// request is not to be used after the return.
using LaterHandler = std::function<std::optional<Response>(const Request&, const AnswerLater& later)>;

class Router {
  public:
    enum class Where {
        Worker,  // on the worker pool: it may wait for a database
        Inline,  // on the thread that reads sockets
        Aside,   // on the few threads of low priority that are kept for long computations
    };
    struct Binding {
        LaterHandler handler;
        Where where = Where::Worker;
        bool mayAnswerLater = false;
    };

    // The handler runs on the worker pool: it may wait for a database.
    void bind(std::string operationId, Handler handler);
    // The handler runs on the thread that reads sockets: it must never wait for anything, not even a contended lock.
    void bindInline(std::string operationId, Handler handler);
    // The handler computes for tens of milliseconds (a password's hash): it runs aside, so that however many such requests
    // come at once, workers stay free for all others. Requests beyond the queue's bound are answered 503.
    void bindAside(std::string operationId, Handler handler);
    // As bind(), for an operation that may be answered later. Not for one that is done once by Idempotency-Key.
    void bindLater(std::string operationId, LaterHandler handler);

    // All throw std::logic_error when the operation is bound already. A Server checks that bindings and contract
    // agree.
    [[nodiscard]] const std::map<std::string, Binding>& bindings() const noexcept { return bindings_; }

  private:
    void add(std::string operationId, Binding binding);
    std::map<std::string, Binding> bindings_;
};

}  // namespace histologe::http
