// Everything between a parsed request and its answer that does not know of sockets or threads.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/metrics.hpp"
#include "libs/http/cors.hpp"
#include "libs/http/operation_checks.hpp"
#include "libs/http/rate_limiter.hpp"
#include "libs/http/request_parser.hpp"
#include "libs/http/route_table.hpp"
#include "libs/http/server.hpp"

namespace histologe::http {

using SteadyTime = std::chrono::steady_clock::time_point;

// An operation ready to serve.
struct Operation {
    OperationContract contract;
    LaterHandler handler;
    Router::Where where = Router::Where::Worker;
    std::vector<std::string> variableNames;
    std::unique_ptr<OperationChecks> checks;
    std::unique_ptr<RateLimiter> rateLimiter;
    // Metrics by status, looked up in the registry once.
    std::array<std::atomic<core::Histogram*>, 600> durations{};
};

// One request on its way.
struct Call {
    Request request;
    Operation* operation = nullptr;     // nullptr: answered without a handler
    std::optional<Response> immediate;  // set: nothing is left to run
    std::optional<RateLimiter::Verdict> verdict;
    SteadyTime started;
    std::string origin;
    std::size_t bytesIn = 0;
    bool isHead = false;
    bool keepsAlive = true;
    bool isHttp11 = true;
};

class Dispatcher {
  public:
    Dispatcher(const ServerSettings& settings, Contract contract, Router router, core::Metrics& metrics,
               ServerHooks hooks);
    ~Dispatcher();

    // The largest body that the route of this head accepts.
    [[nodiscard]] std::size_t bodyLimit(const RawRequest& head) const;
    // Routes a request: finds its operation or the answer that needs none.
    Call begin(RawRequest&& raw, const std::string& peerAddress);
    // Checks and runs the handler; every error becomes an answer. Empty when the handler will answer through `later`, whose
    // function is then to be given to resume().
    std::optional<Response> run(Call& call, const AnswerLater& later);
    // The answer that the rest of the handler makes.
    Response resume(Call& call, const std::function<Response()>& rest);
    // Adds the headers that every answer has, writes the log line and the metrics, and gives the bytes.
    std::string finish(Call& call, Response response, bool closes);
    // The bytes answering what could not be read at all.
    std::string refuse(const ParseFailure& failure);
    // An answer that the server itself gives instead of the handler.
    static Response overloaded(const Call& call);
    static Response tooLate(const Call& call, bool wasRunning);

  private:
    void route(Call& call, RawRequest& raw, const std::string& peerAddress);
    std::optional<Response> guarded(Call& call, const std::function<std::optional<Response>()>& work) const;
    std::optional<Response> handle(Call& call, const AnswerLater& later);
    std::optional<Response> runOnce(Call& call, const AnswerLater& later);
    Response completed(const Call& call, Response response) const;
    static Response limited(const Call& call, Response response);
    Response checked(const Call& call, Response response) const;
    void observe(Call& call, const Response& response, std::size_t bytesOut);

    const ServerSettings settings_;
    core::Metrics& metrics_;
    ServerHooks hooks_;
    core::SystemClock systemClock_;
    AnonymousOnly anonymousOnly_;
    Cors cors_;
    RouteTable routes_;
    std::vector<std::unique_ptr<Operation>> operations_;
    Operation unknown_;  // where requests without an operation are counted
};

}  // namespace histologe::http
