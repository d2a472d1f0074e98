// Real PostgreSQL and Redis under libs/streams, without any service: one producer, and consumers whose effects can be
// read.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/metrics.hpp"
#include "libs/streams/backlog.hpp"
#include "libs/streams/consumer.hpp"
#include "libs/streams/outbox.hpp"
#include "libs/streams/redis.hpp"
#include "libs/streams/relay.hpp"
#include "tools/environment/environment.hpp"
#include "tools/environment/sql.hpp"

namespace histologe::streams::test {

// PostgreSQL and Redis, started at first use and ended with the program.
environment::Environment& servers();

// Asks again and again; false when `limit` passes first. Tests wait with it and never for a fixed time.
bool eventually(const std::function<bool()>& isSo, std::chrono::seconds limit = std::chrono::seconds(30));

// A database of its own with the five schemas, and streams that are empty. Everything that was started is stopped at
// the end. The events are `essai.dit` with a number; their effect is a row of `scoring.effets`, which no key protects:
// an event applied twice shows twice. The table refuses negative numbers, so that PostgreSQL can be made to refuse one.
class Flow {
  public:
    explicit Flow(std::uint32_t partitions = 4);
    ~Flow();

    [[nodiscard]] std::uint32_t partitions() const { return partitions_; }
    [[nodiscard]] std::unique_ptr<postgres::Connection> connect(const std::string& service) const;
    [[nodiscard]] environment::Sql superuser() const;
    // The first column of the first row, asked as superuser.
    [[nodiscard]] std::string one(const std::string& statement) const;

    // Says events with these numbers about one subject, in one transaction. Any thread.
    void say(const std::string& subject, const std::vector<int>& numbers, const std::string& service = "intake");
    [[nodiscard]] Outbox outbox(const std::string& service = "intake");

    Relay& startRelay(const std::string& service = "intake");
    // Stops all relays.
    void stopRelays() { relays_.clear(); }

    // A consumer of scoring that writes `effets`; of another service, one that hears nothing and only acknowledges.
    Consumer& startConsumer(const std::string& service = "scoring", int batch = 512);
    // The four other services, so that the relay can see that every consumer has applied.
    void startOthers();
    void stopConsumers() { consumers_.clear(); }
    // Called by the handler for every event before its effect is written; may throw. To be set before the consumers
    // start.
    std::function<void(const Event&, int number)> beforeEffect;

    // (subject, number) in the order in which they took effect.
    [[nodiscard]] std::vector<std::pair<std::string, int>> effects() const;
    [[nodiscard]] std::vector<int> effectsOf(const std::string& subject) const;
    [[nodiscard]] int countEffects() const;
    // Nothing is left to publish for this service.
    [[nodiscard]] bool isPublished(const std::string& service = "intake") const;
    // Up to which number the relay knows that all have applied.
    [[nodiscard]] long long watermark() const;

    core::SystemClock clock;
    core::Metrics metrics;

  private:
    [[nodiscard]] std::string url(const std::string& service) const;

    std::uint32_t partitions_;
    std::string database_;
    RelayBell bell_;
    Backlog backlog_;
    std::vector<std::unique_ptr<Relay>> relays_;
    std::vector<std::unique_ptr<Consumer>> consumers_;
};

// 1, 2, ... n.
std::vector<int> upTo(int n);

}  // namespace histologe::streams::test
