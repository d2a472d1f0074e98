// What the conformance suite is run against: the test service as a process of its own, alone and behind nginx.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/unit/http/fixture.hpp"

namespace histologe::http::conformance {

// Sanitizers make everything slower: times are multiplied by it.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int kSlowness = 8;
#else
inline constexpr int kSlowness = 1;
#endif

// The program conformance_service, started on a free port and killed at the end.
class ServiceProcess {
  public:
    // `arguments`: see service_main.cpp. `maxDescriptors` bounds the process, 0 leaves it as it is.
    explicit ServiceProcess(std::vector<std::string> arguments = {}, unsigned maxDescriptors = 0);
    ~ServiceProcess();
    ServiceProcess(const ServiceProcess&) = delete;
    ServiceProcess& operator=(const ServiceProcess&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] bool isRunning();
    // True when a new client is served within five seconds (times kSlowness).
    [[nodiscard]] bool isServing();
    void signal(int number) const;
    // Waits for the end; the exit status, or -1 when it was killed or does not end in time.
    int wait(std::chrono::milliseconds patience);

    [[nodiscard]] double cpuSeconds() const;
    [[nodiscard]] std::size_t openDescriptors() const;
    [[nodiscard]] std::size_t residentKilobytes() const;

  private:
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
    int status_ = 0;
};

// nginx in front of a port, with the settings that the design asks of the gateway.
class Gateway {
  public:
    // `ignoresAborts`: the safe setting; without it nginx closes its connection to us whenever a client leaves.
    explicit Gateway(std::uint16_t servicePort, bool ignoresAborts = true);
    ~Gateway();
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }

  private:
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
    std::string folder_;
};

// True when a request on a new connection to that port is answered 200 within the time.
bool isServed(std::uint16_t port, std::chrono::milliseconds patience = std::chrono::milliseconds(2000));

}  // namespace histologe::http::conformance
