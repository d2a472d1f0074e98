#include "libs/http/worker_pool.hpp"

#include <utility>

#include <pthread.h>

namespace histologe::http {

void WorkerPool::start() {
    threads_.reserve(threadCount_);
    for (unsigned i = 0; i < threadCount_; ++i) {
        threads_.emplace_back([this] { work(); });
        pthread_setname_np(threads_.back().native_handle(), "http-worker");
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
