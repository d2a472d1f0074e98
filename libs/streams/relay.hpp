// The relay: moves what was committed to the outbox onto the streams, and puts it there again when Redis loses it.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/metrics.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/streams/backlog.hpp"
#include "libs/streams/outbox.hpp"
#include "libs/streams/redis.hpp"

namespace histologe::streams {

struct RelaySettings {
    std::string service;
    std::string databaseUrl;
    std::string redisUrl;
    std::uint32_t partitions = 16;
    int batch = 500;
    // How long it sleeps when nothing rings; bounds the delay of events committed by another instance.
    std::chrono::milliseconds rest{25};
    // How long an inbox remembers; longer than any event can stay on a stream.
    int inboxDays = 35;
};

// One thread; among the instances of a service only the one that holds the advisory lock publishes, so the events of a
// subject are published in the order of their numbers.
//
// Promises. Nothing is published before its commit: it reads committed rows. Nothing committed goes unpublished: a row
// leaves `evenements_a_publier` in the transaction that ends after Redis accepted it. Nothing is lost with Redis: the
// relay knows up to which number every consumer has applied (`relais.consomme_jusqu_a`), and queues all later events
// again whenever it connects to Redis or finds its mark (`histologe:generation:…`) gone, as after FLUSHALL; the mark is
// checked by the same script that adds and at every look at the consumers' positions, so no event can slip past a loss
// and none waits for the next one to be said. Repeats are harmless: consumers have an inbox.
// It also trims from the streams what every consumer has applied, and keeps a partition of the log ready for each month.
class Relay {
  public:
    Relay(RelaySettings settings, RelayBell& bell, Backlog& backlog, const core::Clock& clock, core::Metrics& metrics);
    ~Relay();

    void start();
    // Finishes the batch in hand, releases the lock, joins.
    void stop();

  private:
    struct StreamId {
        unsigned long long milliseconds = 0;
        unsigned long long sequence = 0;
        friend auto operator<=>(const StreamId&, const StreamId&) = default;
    };
    // A published batch that some consumer has not applied yet.
    struct Outstanding {
        std::int64_t first;
        std::map<std::uint32_t, StreamId> last;
    };

    void run();
    void serve();
    bool lead(postgres::Connection& database) const;
    [[nodiscard]] bool marksStand(Redis& redis) const;
    void recover(postgres::Connection& database, Redis& redis);
    int publish(postgres::Connection& database, Redis& redis);
    void observe(postgres::Connection& database, Redis& redis);
    void keepHouse(postgres::Connection& database) const;
    StreamId applied(Redis& redis, std::uint32_t partition, const Reply& groups) const;
    static StreamId parse(const std::string& text);

    RelaySettings settings_;
    RelayBell& bell_;
    Backlog& backlog_;
    const core::Clock& clock_;
    core::Counter& published_;
    core::Gauge& waiting_;
    core::Gauge& outstandingEvents_;
    core::Gauge& oldest_;
    std::vector<core::Gauge*> lag_;
    std::string generation_;
    std::string script_;
    std::deque<Outstanding> outstanding_;
    std::int64_t greatest_ = 0;
    std::int64_t saved_ = 0;
    std::int64_t watched_ = 0;
    std::chrono::steady_clock::time_point progressed_{};
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace histologe::streams
