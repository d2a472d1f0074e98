#include "libs/streams/outbox.hpp"

#include "libs/core/ids.hpp"

namespace histologe::streams {
namespace {

const postgres::Statement kAdd{
    "outbox_add",
    "WITH nouveau AS (INSERT INTO evenements (cree_le, id, type, sujet, partition, donnees, personnel, traceparent) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING numero, cree_le) "
    "INSERT INTO evenements_a_publier (numero, cree_le) SELECT numero, cree_le FROM nouveau"};

}  // namespace

void RelayBell::ring() {
    {
        const std::lock_guard lock(mutex_);
        ringing_ = true;
    }
    rang_.notify_one();
}

void RelayBell::wait(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    rang_.wait_for(lock, limit, [&] { return ringing_; });
    ringing_ = false;
}

Outbox::Outbox(std::string service, std::uint32_t partitions, const core::Clock& clock, RelayBell& bell)
    : service_(std::move(service)), partitions_(partitions), clock_(clock), bell_(bell) {}

Event Outbox::make(std::string type, std::string subject, core::Json data, core::Json personnel) const {
    Event event;
    event.time = clock_.now();
    event.id = core::uuidV7(event.time);
    event.type = std::move(type);
    event.source = service_;
    event.subject = std::move(subject);
    event.data = std::move(data);
    event.personnel = std::move(personnel);
    return event;
}

void Outbox::add(postgres::Transaction& transaction, const std::vector<Event>& events) const {
    // One statement each, all in one round trip: numbers are drawn in the order of the events, and their parts go as they
    // are instead of being wrapped in another document.
    for (const auto& event : events) add(transaction, event);
}

void Outbox::add(postgres::Transaction& transaction, const Event& event) const {
    transaction.send(kAdd, {event.time, event.id, event.type, event.subject,
                            static_cast<long>(partitionOf(event.subject, partitions_)), event.data, event.personnel,
                            event.traceparent});
}

}  // namespace histologe::streams
