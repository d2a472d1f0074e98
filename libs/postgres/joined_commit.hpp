// Several callers' work in one commit: each is still told only when its own work is durable.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "libs/core/error.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/postgres/pool.hpp"

namespace histologe::postgres {

// Joins the requests that wait at the same time into one transaction (measured on two cores: twice the throughput at a
// lower latency, since a commit's flush is shared). `Batch` writes a whole batch and returns one result per request, in
// order; what it completes in a request it must be able to complete again. When a batch fails it is done again one
// request at a time, so a request fails only for a reason of its own. A session lost at the commit leaves unknown
// whether it took place: a request must therefore carry the key under which doing it twice is the same as doing it once.
//
// Requests that contend for the same rows belong in one lane: a lane commits one batch at a time, lanes commit side by
// side. Any thread may submit; each lane has a thread that writes. Destruction finishes what was submitted.
template <typename Request, typename Outcome>
class JoinedCommit {
  public:
    using Batch = std::function<std::vector<Outcome>(Transaction&, const std::vector<Request*>&)>;
    // Is given a function that returns the outcome of the request, or throws what its batch threw for it.
    using Done = std::function<void(const std::function<Outcome()>&)>;

    // `most` requests wait in a lane at one time.
    JoinedCommit(Pool& pool, Batch batch, std::size_t lanes, std::size_t largest = 64, std::size_t most = 512)
        : pool_(pool), batch_(std::move(batch)), largest_(largest), most_(most), lanes_(lanes) {
        for (auto& lane : lanes_) lane.thread = std::thread([this, &lane] { write(lane); });
    }

    ~JoinedCommit() {
        for (auto& lane : lanes_) {
            {
                const std::lock_guard lock(lane.mutex);
                lane.stopping = true;
            }
            lane.arrived.notify_one();
        }
        for (auto& lane : lanes_) lane.thread.join();
    }

    // Returns at once; `done` is called once, on a thread of this object, when the request is committed or has failed, and
    // must not throw. `contention` names what the request will lock beyond its own rows; equal names share a lane. Throws
    // core::Error (Unavailable, `service_sature`) when the lane is full.
    void submit(Request request, std::string_view contention, Done done) {
        auto waiting = std::make_unique<Waiting>(Waiting{std::move(request), std::move(done)});
        auto& lane = lanes_[std::hash<std::string_view>{}(contention) % lanes_.size()];
        {
            const std::lock_guard lock(lane.mutex);
            if (lane.queue.size() >= most_) {
                throw core::Error(core::ErrorKind::Unavailable, "service_sature",
                                  "Le service est très sollicité. Réessayez dans un instant.");
            }
            lane.queue.push_back(std::move(waiting));
        }
        lane.arrived.notify_one();
    }

  private:
    struct Waiting {
        Request request;
        Done done;
    };
    using Taken = std::vector<std::unique_ptr<Waiting>>;

    struct Lane {
        std::mutex mutex;
        std::condition_variable arrived;
        std::deque<std::unique_ptr<Waiting>> queue;
        bool stopping = false;
        std::thread thread;
    };

    void write(Lane& lane) {
        while (true) {
            Taken taken;
            {
                std::unique_lock lock(lane.mutex);
                lane.arrived.wait(lock, [&] { return lane.stopping || !lane.queue.empty(); });
                if (lane.queue.empty()) return;
                while (!lane.queue.empty() && taken.size() < largest_) {
                    taken.push_back(std::move(lane.queue.front()));
                    lane.queue.pop_front();
                }
            }
            if (commit(taken)) continue;
            for (auto& one : taken) {
                Taken alone;
                alone.push_back(std::move(one));
                commit(alone);
            }
        }
    }

    // True when everybody in the batch was told; false when the batch failed and its requests are to be tried alone.
    bool commit(const Taken& taken) {
        std::vector<Outcome> outcomes;
        std::exception_ptr failure;
        try {
            std::vector<Request*> requests;
            requests.reserve(taken.size());
            for (const auto& one : taken) requests.push_back(&one->request);
            auto session = pool_.acquire();
            Transaction transaction(*session);
            outcomes = batch_(transaction, requests);
            transaction.commit();
        } catch (...) {
            if (taken.size() > 1) return false;
            failure = std::current_exception();
        }
        for (std::size_t i = 0; i < taken.size(); ++i) {
            taken[i]->done([&]() -> Outcome {
                if (failure) std::rethrow_exception(failure);
                return std::move(outcomes[i]);
            });
        }
        return true;
    }

    Pool& pool_;
    Batch batch_;
    std::size_t largest_;
    std::size_t most_;
    std::deque<Lane> lanes_;  // a deque, since lanes are neither copied nor moved
};

}  // namespace histologe::postgres
