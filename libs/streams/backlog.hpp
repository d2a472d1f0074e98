// How much of what this service said is still to be applied somewhere: what it must not let grow without bound.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace histologe::streams {

// Kept by the relay, asked by whoever is about to say more. Any thread.
class Backlog {
  public:
    // The relay's latest count of events committed here and not yet applied by every service; none while a service stands
    // still, since waiting for it would not help. Only the relay that leads knows it; an instance that does not lead
    // reports none and lets everything pass.
    void set(std::int64_t events);
    [[nodiscard]] std::int64_t get() const;

    // Waits while more than `most` events are outstanding, at most `patience`; true when there is room.
    bool waitForRoom(std::int64_t most, std::chrono::milliseconds patience);

  private:
    mutable std::mutex mutex_;
    std::condition_variable shrunk_;
    std::int64_t events_ = 0;
};

}  // namespace histologe::streams
