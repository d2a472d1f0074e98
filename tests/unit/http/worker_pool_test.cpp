// The threads that run handlers: nothing waits while a thread sleeps, nothing is lost at the end.
#include "libs/http/worker_pool.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

using namespace histologe::http;
using namespace std::chrono_literals;

namespace {

struct Work final : WorkerPool::Job {
    explicit Work(std::function<void()> given) : work(std::move(given)) {}
    void run() noexcept override { work(); }
    std::function<void()> work;
};

bool post(WorkerPool& pool, std::function<void()> work) {
    std::unique_ptr<WorkerPool::Job> job = std::make_unique<Work>(std::move(work));
    return pool.post(job);
}

// True when it happens within five seconds.
template <typename Condition>
bool soon(Condition condition) {
    const auto until = std::chrono::steady_clock::now() + 5s;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(1ms);
    }
    return true;
}

}  // namespace

TEST_CASE("work that waits takes as many threads as there are") {
    WorkerPool pool(8, 100);
    pool.start();
    std::promise<void> gate;
    const auto opened = gate.get_future().share();
    std::atomic<int> running{0};
    for (int i = 0; i < 12; ++i) {
        REQUIRE(post(pool, [&] {
            ++running;
            opened.wait();
        }));
    }
    CHECK(soon([&] { return running == 8; }));
    CHECK(pool.waiting() == 4);
    gate.set_value();
    CHECK(soon([&] { return running == 12; }));
    pool.stop();
}

TEST_CASE("a queue has its bound, and the end runs what waits in it") {
    WorkerPool pool(1, 3);
    pool.start();
    std::promise<void> gate;
    std::atomic<int> done{0};
    std::atomic<bool> begun{false};
    REQUIRE(post(pool, [&] {
        begun = true;
        gate.get_future().wait();
        ++done;
    }));
    REQUIRE(soon([&] { return begun.load(); }));
    for (int i = 0; i < 3; ++i) CHECK(post(pool, [&] { ++done; }));
    CHECK_FALSE(post(pool, [&] { ++done; }));
    gate.set_value();
    pool.stop();
    CHECK(done == 4);
    CHECK_FALSE(post(pool, [&] { ++done; }));
}

TEST_CASE("of many short pieces of work from many threads none is left behind") {
    WorkerPool pool(4, 1'000'000);
    pool.start();
    std::atomic<int> done{0};
    for (int round = 1; round <= 200; ++round) {
        std::vector<std::thread> callers;
        for (int c = 0; c < 3; ++c) {
            callers.emplace_back([&] {
                for (int i = 0; i < 20; ++i) post(pool, [&] { ++done; });
            });
        }
        for (auto& caller : callers) caller.join();
        // Before the next round calls anybody: a call that went astray would show.
        REQUIRE(soon([&] { return done == round * 60; }));
    }
    pool.stop();
}
