// The private port: health, metrics, log level, requests in hand. Never reachable from outside, answered by its own
// threads so that it speaks while the service is overloaded.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "libs/core/metrics.hpp"
#include "libs/http/server.hpp"

namespace histologe::http {

// GET  /health/live      200 while the process runs
// GET  /health/ready     200 {"status":"ok","checks":{name:"ok"}} or 503 with the text of the checks that fail
// GET  /metrics          Prometheus text
// GET  /log-level        {"level":"info"};  PUT the same to change it
// GET  /requests         the requests in hand
class AdminServer {
  public:
    // Returns an empty text when all is well, else one line for the operator. Must answer within about a second.
    using Check = std::function<std::string()>;

    AdminServer(std::string host, std::uint16_t port, const core::Metrics& metrics);
    ~AdminServer();
    AdminServer(const AdminServer&) = delete;
    AdminServer& operator=(const AdminServer&) = delete;

    // Before start().
    void addCheck(std::string name, Check check);
    void watch(const Server& server);
    // An extra read-only page of JSON, for instance the partitions a consumer holds.
    void addPage(std::string path, std::function<core::Json()> page);

    // Throws std::runtime_error when the port cannot be had.
    void start();
    [[nodiscard]] std::uint16_t port() const noexcept;
    // From now on /health/ready answers 503: called first on shutdown.
    void setDraining();
    void stop();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace histologe::http
