// Calls back when something takes too long.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace histologe::http {

// One thread, asleep but for the deadlines that pass. Safe from any thread.
class Watchdog {
  public:
    using Time = std::chrono::steady_clock::time_point;

    Watchdog() = default;
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    // While it lives, `bite` is called once if the deadline passes. Destroying it waits for a bite under way.
    class Leash {
      public:
        Leash(Watchdog& dog, Time deadline, std::function<void()> bite);
        ~Leash();
        Leash(const Leash&) = delete;
        Leash& operator=(const Leash&) = delete;

      private:
        Watchdog& dog_;
        std::multimap<Time, std::function<void()>>::iterator place_;
    };

  private:
    void watch();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::multimap<Time, std::function<void()>> leashes_;
    std::thread thread_;
    bool isStopping_ = false;
};

}  // namespace histologe::http
