#include "libs/http/watchdog.hpp"

#include <utility>

namespace histologe::http {

Watchdog::Leash::Leash(Watchdog& dog, Time deadline, std::function<void()> bite) : dog_(dog) {
    const std::lock_guard lock(dog_.mutex_);
    place_ = dog_.leashes_.emplace(deadline, std::move(bite));
    if (!dog_.thread_.joinable()) dog_.thread_ = std::thread([&dog] { dog.watch(); });
    if (place_ == dog_.leashes_.begin()) dog_.wake_.notify_one();
}

Watchdog::Leash::~Leash() {
    const std::lock_guard lock(dog_.mutex_);
    dog_.leashes_.erase(place_);
}

Watchdog::~Watchdog() {
    {
        const std::lock_guard lock(mutex_);
        isStopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Watchdog::watch() {
    std::unique_lock lock(mutex_);
    while (!isStopping_) {
        // What has bitten stays in the list, emptied, until its leash is dropped.
        auto next = leashes_.begin();
        while (next != leashes_.end() && !next->second) ++next;
        if (next == leashes_.end()) {
            wake_.wait(lock);
        } else if (std::chrono::steady_clock::now() < next->first) {
            const auto until = next->first;
            wake_.wait_until(lock, until);
        } else {
            std::exchange(next->second, nullptr)();
        }
    }
}

}  // namespace histologe::http
