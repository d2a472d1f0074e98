#include "libs/http/caretaker.hpp"

#include <cerrno>
#include <stdexcept>
#include <utility>

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace histologe::http {
namespace {

constexpr std::chrono::milliseconds kTick{250};

}  // namespace

Caretaker::Caretaker(std::function<void(SteadyTime)> onTick) : onTick_(std::move(onTick)) {
    epoll_ = epoll_create1(EPOLL_CLOEXEC);
    wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (epoll_ < 0 || wake_ < 0) throw std::runtime_error("no descriptor left for the HTTP server");
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = wake_;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event);
}

Caretaker::~Caretaker() {
    stop();
    ::close(epoll_);
    ::close(wake_);
}

void Caretaker::start() {
    thread_ = std::thread([this] { run(); });
    pthread_setname_np(thread_.native_handle(), "http-care");
}

void Caretaker::stop() {
    if (thread_.joinable()) {
        eventfd_write(wake_, 1);
        thread_.join();
    }
    std::unordered_map<int, std::shared_ptr<Connection>> left;
    const std::lock_guard lock(mutex_);
    left.swap(draining_);
    for (const auto& [descriptor, connection] : left) epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
}

void Caretaker::add(const std::shared_ptr<Connection>& connection) {
    const std::lock_guard lock(mutex_);
    connections_.emplace(connection.get(), connection);
    count_.store(connections_.size(), std::memory_order_relaxed);
}

void Caretaker::forget(const Connection* connection) {
    const std::lock_guard lock(mutex_);
    connections_.erase(connection);
    count_.store(connections_.size(), std::memory_order_relaxed);
}

void Caretaker::drain(const std::shared_ptr<Connection>& connection) {
    const std::lock_guard lock(mutex_);
    if (!draining_.emplace(connection->descriptor(), connection).second) return;
    epoll_event event{};
    event.events = EPOLLOUT;
    event.data.fd = connection->descriptor();
    epoll_ctl(epoll_, EPOLL_CTL_ADD, connection->descriptor(), &event);
}

std::size_t Caretaker::draining() const {
    const std::lock_guard lock(mutex_);
    return draining_.size();
}

std::vector<std::shared_ptr<Connection>> Caretaker::all() const {
    std::vector<std::shared_ptr<Connection>> alive;
    const std::lock_guard lock(mutex_);
    alive.reserve(connections_.size());
    for (const auto& [key, weak] : connections_) {
        if (auto connection = weak.lock()) alive.push_back(std::move(connection));
    }
    return alive;
}

void Caretaker::flush(int descriptor) {
    std::shared_ptr<Connection> connection;
    {
        const std::lock_guard lock(mutex_);
        const auto place = draining_.find(descriptor);
        if (place == draining_.end()) return;
        connection = place->second;
    }
    if (!connection->flush()) return;
    {
        const std::lock_guard lock(mutex_);
        epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
        draining_.erase(descriptor);
    }
    // An answer may have been added between the two: it was told that somebody is at it already.
    if (connection->hasOutput()) drain(connection);
}

void Caretaker::run() {
    auto nextTick = std::chrono::steady_clock::now() + kTick;
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(nextTick - std::chrono::steady_clock::now());
        epoll_event events[64];
        const int count = epoll_wait(epoll_, events, 64, static_cast<int>(std::max<long long>(left.count() + 1, 0)));
        if (count < 0 && errno != EINTR) return;
        for (int i = 0; i < count; ++i) {
            if (events[i].data.fd == wake_) return;
            flush(events[i].data.fd);
        }
        const auto now = std::chrono::steady_clock::now();
        if (now < nextTick) continue;
        nextTick = now + kTick;
        for (const auto& connection : all()) connection->checkTime(now);
        onTick_(now);
    }
}

}  // namespace histologe::http
