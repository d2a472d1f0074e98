#include "libs/streams/backlog.hpp"

namespace histologe::streams {

void Backlog::set(std::int64_t events) {
    {
        const std::lock_guard lock(mutex_);
        events_ = events;
    }
    shrunk_.notify_all();
}

std::int64_t Backlog::get() const {
    const std::lock_guard lock(mutex_);
    return events_;
}

bool Backlog::waitForRoom(std::int64_t most, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    return shrunk_.wait_for(lock, patience, [&] { return events_ <= most; });
}

}  // namespace histologe::streams
