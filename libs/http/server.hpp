// The HTTP server of a service: the contract in front, handlers behind, and everything between them.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/metrics.hpp"
#include "libs/http/contract.hpp"
#include "libs/http/hooks.hpp"
#include "libs/http/router.hpp"

namespace histologe::http {

struct ServerSettings {
    std::string host = "127.0.0.1";  // an IPv4 address
    std::uint16_t port = 0;          // 0: any free one, known after start()
    unsigned ioThreads = 1;
    unsigned workers = 8;          // threads that run handlers; as many as database connections
    unsigned asideWorkers = 1;     // threads for operations that compute for long, of lower priority than the others
    std::size_t queueLimit = 256;  // requests waiting for a worker, and aside; beyond it 503 with Retry-After
    std::chrono::milliseconds requestDeadline{
        10'000};                                      // from the last byte received to the answer; beyond it 503 or 504
    std::chrono::milliseconds headerTimeout{10'000};  // from the first byte of a request to the end of its headers: 408
    std::chrono::milliseconds bodyTimeout{30'000};    // from the end of the headers to the end of the body: 408
    std::chrono::milliseconds idleTimeout{75'000};    // a silent connection is closed
    std::chrono::milliseconds writeTimeout{60'000};   // an answer that the client does not read is given up
    std::size_t maxTarget = 8 * 1024;
    std::size_t maxHeaderBytes = 16 * 1024;
    std::size_t maxHeaderFields = 100;
    std::size_t maxBody = 1024 * 1024;  // where the operation has no `x-max-body`
    std::size_t maxConnections = 20'000;
    std::vector<std::string>
        allowedOrigins;              // exact origins, for instance `https://front.example`; none: no CORS at all
    bool trustForwardedFor = false;  // true only behind our gateway
    bool validateResponses = false;  // in tests: an answer that breaks the contract becomes a 500
    bool logRequests = true;
};

// What the server needs of others; all of them outlive it. Pointers left null get a default.
struct ServerHooks {
    Authenticator* authenticator = nullptr;   // default: AnonymousOnly
    IdempotencyStore* idempotency = nullptr;  // default: Idempotency-Key is accepted and has no effect
    const core::Clock* clock = nullptr;       // default: the system's; used for rate limits
};

class Server {
  public:
    // Compiles the schemas and checks that the router answers exactly the operations of the contract (already reduced
    // to one service). Throws std::logic_error that names the missing and the superfluous operations.
    Server(ServerSettings settings, Contract contract, Router router, core::Metrics& metrics, ServerHooks hooks = {});
    // Stops, if it was not done, waiting at most a second.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Listens; throws std::runtime_error when the port cannot be had.
    void start();
    [[nodiscard]] std::uint16_t port() const noexcept;

    // Stops accepting, finishes the requests in hand (their answers say `Connection: close`), closes what is idle, and
    // returns when all is sent or the time has passed; true when nothing was cut.
    bool stop(std::chrono::milliseconds deadline);

    // One line of JSON per request in hand: operation, request id, milliseconds. For the private port.
    struct InFlight {
        std::string operationId;
        std::string requestId;
        std::chrono::milliseconds age{0};
    };
    [[nodiscard]] std::vector<InFlight> inFlight() const;

  private:
    struct State;
    std::shared_ptr<State> state_;  // shared with answers that come late, which look whether it is still there
};

}  // namespace histologe::http
