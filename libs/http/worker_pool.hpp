// The threads that run handlers, behind a queue of bounded length.
//
// There are many, since a handler may wait for a database; but a burst of short work is done by few, whose memory is warm:
// the thread that went to sleep last is called first, and only one is on its way at a time, which calls the next when it
// arrives and finds more than it takes.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace histologe::http {

class WorkerPool {
  public:
    class Job {
      public:
        virtual ~Job() = default;
        virtual void run() noexcept = 0;
    };

    // A pool of low priority takes what the processor has left (nice 5).
    enum class Priority { Normal, Low };

    WorkerPool(unsigned threads, std::size_t queueLimit, Priority priority = Priority::Normal)
        : threadCount_(threads), queueLimit_(queueLimit), priority_(priority) {}
    ~WorkerPool() { stop(); }
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    void start();
    // False, and the job is left with the caller, when as many jobs wait as may.
    bool post(std::unique_ptr<Job>& job);
    // Runs what waits, then joins.
    void stop();
    [[nodiscard]] std::size_t waiting() const;

  private:
    struct Sleeper {
        std::condition_variable call;
        bool isCalled = false;
    };

    void work();
    void callOne();  // with the lock held

    const unsigned threadCount_;
    const std::size_t queueLimit_;
    const Priority priority_;
    mutable std::mutex mutex_;
    std::deque<std::unique_ptr<Job>> queue_;
    std::vector<Sleeper*> asleep_;  // in the order in which they went to sleep
    std::vector<std::thread> threads_;
    bool isCalling_ = false;  // somebody was called and has not arrived
    bool isStopping_ = false;
};

}  // namespace histologe::http
