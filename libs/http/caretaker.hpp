// One thread that looks after every connection: finishes partial writes, so that slow readers cost nobody else
// anything, and acts on time-outs.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "libs/http/connection.hpp"

namespace histologe::http {

class Caretaker {
  public:
    // `onTick` is called about four times a second, after the connections' own time-outs.
    explicit Caretaker(std::function<void(SteadyTime)> onTick);
    ~Caretaker();
    Caretaker(const Caretaker&) = delete;
    Caretaker& operator=(const Caretaker&) = delete;

    void start();
    void stop();

    void add(const std::shared_ptr<Connection>& connection);
    void forget(const Connection* connection);
    // The client does not take all of the output at once: goes on when it does.
    void drain(const std::shared_ptr<Connection>& connection);

    // Connections whose descriptor is open.
    [[nodiscard]] std::size_t count() const noexcept { return count_.load(std::memory_order_relaxed); }
    [[nodiscard]] std::size_t draining() const;
    [[nodiscard]] std::vector<std::shared_ptr<Connection>> all() const;

  private:
    void run();
    void flush(int descriptor);

    std::function<void(SteadyTime)> onTick_;
    int epoll_ = -1;
    int wake_ = -1;
    std::thread thread_;
    std::atomic<std::size_t> count_{0};
    mutable std::mutex mutex_;
    std::unordered_map<const Connection*, std::weak_ptr<Connection>> connections_;
    std::unordered_map<int, std::shared_ptr<Connection>> draining_;  // by descriptor
};

}  // namespace histologe::http
