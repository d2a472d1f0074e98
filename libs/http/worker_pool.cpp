#include "libs/http/worker_pool.hpp"

#include <utility>

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace histologe::http {
namespace {

constexpr int kLowPriority = 10;

}  // namespace

void WorkerPool::start() {
    threads_.reserve(threadCount_);
    for (unsigned i = 0; i < threadCount_; ++i) {
        threads_.emplace_back([this] { work(); });
        pthread_setname_np(threads_.back().native_handle(), priority_ == Priority::Low ? "http-aside" : "http-worker");
    }
}

bool WorkerPool::post(std::unique_ptr<Job>& job) {
    {
        const std::lock_guard lock(mutex_);
        if (isStopping_ || queue_.size() >= queueLimit_) return false;
        queue_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

void WorkerPool::stop() {
    {
        const std::lock_guard lock(mutex_);
        isStopping_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

std::size_t WorkerPool::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void WorkerPool::work() {
    // On Linux a thread has a nice value of its own; where it may not be changed, it stays as it is.
    if (priority_ == Priority::Low) ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kLowPriority);
    while (true) {
        std::unique_ptr<Job> job;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return isStopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            job = std::move(queue_.front());
            queue_.pop_front();
        }
        job->run();
    }
}

}  // namespace histologe::http
