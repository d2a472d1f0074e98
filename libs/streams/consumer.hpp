// The consumer loop: applies events exactly once in effect, in order per subject, in batches.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/metrics.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/streams/event.hpp"
#include "libs/streams/redis.hpp"

namespace histologe::streams {

// Applies events of one type inside the transaction that also records that they were received. Throwing undoes all of
// it. A batch is in order of arrival; the same subject may occur several times.
using Handler = std::function<void(postgres::Transaction&, const std::vector<const Event*>&)>;

// What a service hears. Within a batch, types are applied in the order in which they were declared here: declare causes
// before consequences. Across batches and sources any order is possible, so handlers must not depend on it.
class Subscriptions {
  public:
    Subscriptions& on(std::string type, Handler handler);
    [[nodiscard]] const Handler* find(const std::string& type) const;
    [[nodiscard]] const std::vector<std::pair<std::string, Handler>>& all() const { return handlers_; }

  private:
    std::vector<std::pair<std::string, Handler>> handlers_;
};

struct ConsumerSettings {
    std::string service;
    std::string databaseUrl;
    std::string redisUrl;
    std::uint32_t partitions = 16;
    int batch = 512;
    // An event that fails is tried this many times in all, the delay before each retry growing fourfold from the first.
    int tries = 5;
    std::chrono::milliseconds firstRetry{250};
};

// One thread. It holds a PostgreSQL advisory lock for each partition that it reads, on the very session that commits its
// effects: when the session dies the lock falls with it, so two instances can never both apply the same entry. Instances
// share the partitions evenly. On taking a partition over it first re-reads the entries that were delivered and not
// acknowledged.
//
// A batch is one transaction: ids into `evenements_recus` (an id that was there already is skipped), handlers, commit,
// then XACK. If a handler throws, the batch is done again one event at a time. The event that fails goes to
// `lettres_mortes`, is tried again after growing delays and is then `morte`; later events of its subject queue behind it
// there, all others go on. What cannot be read, or cannot be kept as it is, is represented there by a shell of type
// `illisible` with its place and its beginning. A lost database or Redis is no event's fault: the loop connects again and re-reads.
class Consumer {
  public:
    // `afterCommit` runs on the consumer's thread after each commit that had an effect (to wake the relay or a worker).
    Consumer(ConsumerSettings settings, Subscriptions subscriptions, const core::Clock& clock, core::Metrics& metrics,
             std::function<void()> afterCommit);
    ~Consumer();

    void start();
    // Finishes the batch in hand, releases the locks, joins.
    void stop();

  private:
    struct Entry {
        std::uint32_t partition;
        std::string id;
        Event event;
        std::string unreadable;  // why the envelope could not be read; empty when it could
        std::string raw;
    };

    void run();
    void serve();
    void share(postgres::Connection& database);
    // Between two batches nothing of ours is unacknowledged: what is was handed to an instance that had lost the partition
    // without knowing it yet, or its acknowledgement was lost.
    void findLeftovers(Redis& redis);
    // Leaves out the partitions where something older than what was just read is unacknowledged, so that they are read
    // again from there: an instance that had lost the partition took it in between, and the order is the events' own.
    void leaveOvertaken(Redis& redis, std::vector<Entry>& entries);
    std::vector<Entry> read(Redis& redis);
    std::vector<Entry> parse(std::uint32_t partition, const Reply& entries) const;
    void createGroups(Redis& redis) const;
    void acknowledge(Redis& redis, const std::vector<Entry>& entries) const;
    void apply(postgres::Connection& database, const std::vector<Entry>& entries);
    void applyBatch(postgres::Connection& database, const std::vector<const Entry*>& entries);
    void applyAlone(postgres::Connection& database, const Entry& entry);
    void parkShell(postgres::Connection& database, const Entry& entry, const std::string& why);
    void retryDue(postgres::Connection& database);

    ConsumerSettings settings_;
    Subscriptions subscriptions_;
    const core::Clock& clock_;
    std::function<void()> afterCommit_;
    core::Counter& applied_;
    core::Counter& failed_;
    core::Gauge& dead_;
    std::set<std::uint32_t> held_;
    std::set<std::uint32_t> toReread_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace histologe::streams
