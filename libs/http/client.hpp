// Calls to other HTTP systems: bounded in time, retried only where that is safe, stopped when the other side is down.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "libs/core/clock.hpp"
#include "libs/http/circuit_breaker.hpp"
#include "libs/http/message.hpp"

namespace histologe::http {

struct ClientSettings {
    std::string baseUrl;  // `https://host[:port]`, without path
    std::chrono::milliseconds connectTimeout{2'000};
    std::chrono::milliseconds readTimeout{5'000};
    std::chrono::milliseconds totalDeadline{10'000};  // all tries and pauses together
    unsigned maxTries = 3;                            // idempotent requests only
    std::chrono::milliseconds firstPause{100};        // doubled at each try, half of it random
    std::size_t maxAnswerBytes = 10 * 1024 * 1024;
    CircuitBreaker::Settings breaker;
    std::string caFile;  // PEM bundle; empty: the system's
};

struct ClientRequest {
    std::string method = "GET";
    std::string target;  // path and query, encoded (encodePathSegment and encodeQueryValue help)
    Headers headers;
    std::string body;
    std::string contentType;
    std::string traceparent;  // passed on when it is not empty
    // Whether trying twice is harmless. GET, HEAD, PUT, DELETE and OPTIONS always are; a POST with an Idempotency-Key
    // is.
    bool mayRetry = false;
};

// One other system. Safe from any thread; keeps connections open between calls.
class Client {
  public:
    explicit Client(ClientSettings settings, const core::Clock& clock);
    ~Client();

    // The answer, whatever its status: 4xx and the last 5xx are answers. Retries on connection errors and on 502, 503,
    // 504 (honouring a short Retry-After) and 429. Throws core::Error: Unavailable `service_injoignable` (could not be
    // reached, or the breaker is open) or Timeout `delai_depasse`.
    Response send(const ClientRequest& request);

    [[nodiscard]] CircuitBreaker::State breakerState() const;

    // For tests: replaces the pauses between tries.
    void sleepWith(std::function<void(std::chrono::milliseconds)> sleep);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace histologe::http
