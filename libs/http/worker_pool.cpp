#include "libs/http/worker_pool.hpp"

#include <utility>

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace histologe::http {
namespace {

constexpr int kLowPriority = 5;

}  // namespace

void WorkerPool::start() {
    threads_.reserve(threadCount_);
    for (unsigned i = 0; i < threadCount_; ++i) {
        threads_.emplace_back([this] { work(); });
        pthread_setname_np(threads_.back().native_handle(), priority_ == Priority::Low ? "http-aside" : "http-worker");
    }
}

bool WorkerPool::post(std::unique_ptr<Job>& job) {
    const std::lock_guard lock(mutex_);
    if (isStopping_ || queue_.size() >= queueLimit_) return false;
    queue_.push_back(std::move(job));
    callOne();
    return true;
}

void WorkerPool::stop() {
    {
        const std::lock_guard lock(mutex_);
        isStopping_ = true;
        for (auto* sleeper : asleep_) {
            sleeper->isCalled = true;
            sleeper->call.notify_one();
        }
        asleep_.clear();
    }
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

std::size_t WorkerPool::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void WorkerPool::callOne() {
    if (isCalling_ || asleep_.empty() || queue_.empty()) return;
    auto* sleeper = asleep_.back();
    asleep_.pop_back();
    isCalling_ = true;
    sleeper->isCalled = true;
    sleeper->call.notify_one();
}

void WorkerPool::work() {
    // On Linux a thread has a nice value of its own; where it may not be changed, it stays as it is.
    if (priority_ == Priority::Low) ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kLowPriority);
    Sleeper sleeper;
    std::unique_lock lock(mutex_);
    while (true) {
        while (queue_.empty()) {
            if (isStopping_) return;
            sleeper.isCalled = false;
            asleep_.push_back(&sleeper);
            sleeper.call.wait(lock, [&] { return sleeper.isCalled; });
            isCalling_ = false;
        }
        auto job = std::move(queue_.front());
        queue_.pop_front();
        callOne();
        lock.unlock();
        job->run();
        job.reset();
        lock.lock();
    }
}

}  // namespace histologe::http
