// Listens and accepts, on a thread of its own; stops accepting without stopping anything else.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <thread>

namespace histologe::http {

class Acceptor {
  public:
    // Takes over an accepted descriptor (not blocking, closed on exec, TCP_NODELAY) of a client at `address`.
    using OnClient = std::function<void(int descriptor, std::string address)>;

    // Listens at once. Throws std::runtime_error when the address cannot be had.
    Acceptor(const std::string& host, std::uint16_t port, OnClient onClient);
    ~Acceptor();
    Acceptor(const Acceptor&) = delete;
    Acceptor& operator=(const Acceptor&) = delete;

    void start();
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    // New clients are refused by the system from now on.
    void stop();

  private:
    void run();

    OnClient onClient_;
    int listening_ = -1;
    int wake_ = -1;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

}  // namespace histologe::http
