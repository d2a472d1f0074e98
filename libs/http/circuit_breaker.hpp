// Stops calling who does not answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>

#include "libs/core/clock.hpp"

namespace histologe::http {

// Closed: calls go through. After `failureThreshold` failures in a row it opens: calls are refused at once. After
// `openFor` one trial call goes through; its success closes the breaker, its failure opens it for another `openFor`.
// Safe from any thread.
class CircuitBreaker {
  public:
    struct Settings {
        std::uint32_t failureThreshold = 5;
        std::chrono::milliseconds openFor{10'000};
    };
    enum class State { Closed, Open, HalfOpen };

    CircuitBreaker(Settings settings, const core::Clock& clock) : settings_(settings), clock_(clock) {}

    // True when a call may be made now; the caller then reports how it went. A caller that was let through and reports
    // nothing keeps the trial of a half-open breaker for `openFor` at most.
    bool allow();
    void succeeded();
    void failed();
    [[nodiscard]] State state() const;

  private:
    Settings settings_;
    const core::Clock& clock_;
    mutable std::mutex mutex_;
    State state_ = State::Closed;
    std::uint32_t failures_ = 0;
    core::Instant until_{};
};

}  // namespace histologe::http
