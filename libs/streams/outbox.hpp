// Saying something: the event is written in the transaction that makes it true.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/streams/event.hpp"

namespace histologe::streams {

// Wakes the relay of this process when something was committed. Any thread.
class RelayBell {
  public:
    void ring();
    // Returns at once when it rang since the last wait, else at the latest after `limit`.
    void wait(std::chrono::milliseconds limit);

  private:
    std::mutex mutex_;
    std::condition_variable rang_;
    bool ringing_ = false;
};

// An event as it is kept: its parts are JSON objects as text. Made ahead by one thread, it is written by another that has
// only to copy it.
struct WrittenEvent {
    core::Instant time{};
    std::string id;
    std::string type;
    std::string subject;
    std::string data;
    std::string personnel;
    std::string traceparent;
};
WrittenEvent written(const Event& event);

// The outbox of one service. Safe from any thread (each with its own transaction).
class Outbox {
  public:
    Outbox(std::string service, std::uint32_t partitions, const core::Clock& clock, RelayBell& bell);

    // A new event of this service about `subject`, with its id, source and time set; nothing is written.
    [[nodiscard]] Event make(std::string type, std::string subject, core::Json data,
                             core::Json personnel = core::Json::object()) const;

    // Queues the rows of the events, or of one, in the transaction; they are published only if it commits. Call
    // announce() after the commit so that they leave at once rather than at the relay's next look.
    void add(postgres::Transaction& transaction, const std::vector<Event>& events) const;
    void add(postgres::Transaction& transaction, const std::vector<WrittenEvent>& events) const;
    void add(postgres::Transaction& transaction, const Event& event) const { add(transaction, std::vector{event}); }
    void announce() const { bell_.ring(); }

    [[nodiscard]] std::uint32_t partitions() const { return partitions_; }

  private:
    std::string service_;
    std::uint32_t partitions_;
    const core::Clock& clock_;
    RelayBell& bell_;
};

}  // namespace histologe::streams
