#include "libs/streams/outbox.hpp"

#include "libs/core/ids.hpp"

namespace histologe::streams {
namespace {

// All in one statement, column by column: numbers are drawn in the order of the events.
const postgres::Statement kAdd{
    "outbox_add",
    "WITH nouveaux AS (INSERT INTO evenements (cree_le, id, type, sujet, partition, donnees, personnel, traceparent) "
    "SELECT cree_le::timestamptz, id::uuid, type, sujet, partition::int, donnees::json, personnel::json, traceparent "
    "FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) "
    "AS lot(cree_le, id, type, sujet, partition, donnees, personnel, traceparent) RETURNING numero, cree_le) "
    "INSERT INTO evenements_a_publier (numero, cree_le) SELECT numero, cree_le FROM nouveaux"};

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

WrittenEvent written(const Event& event) {
    return {event.time,
            event.id,
            event.type,
            event.subject,
            core::dumpJson(event.data),
            core::dumpJson(event.personnel),
            event.traceparent};
}

void Outbox::add(postgres::Transaction& transaction, const std::vector<Event>& events) const {
    std::vector<WrittenEvent> all;
    all.reserve(events.size());
    for (const auto& event : events) all.push_back(written(event));
    add(transaction, all);
}

void Outbox::add(postgres::Transaction& transaction, const std::vector<WrittenEvent>& events) const {
    if (events.empty()) return;
    postgres::TextColumns rows(8);
    for (const auto& event : events) {
        rows.add({core::toRfc3339(event.time), event.id, event.type, event.subject,
                  std::to_string(partitionOf(event.subject, partitions_)), event.data, event.personnel,
                  event.traceparent});
    }
    transaction.send(kAdd, rows.parameters());
}

}  // namespace histologe::streams
