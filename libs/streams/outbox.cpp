#include "libs/streams/outbox.hpp"

#include "libs/core/ids.hpp"

namespace histologe::streams {
namespace {

// All in one statement, column by column: numbers are drawn in the order of the events.
const postgres::Statement kAdd{
    "outbox_add",
    "WITH nouveaux AS (INSERT INTO evenements (cree_le, id, type, sujet, partition, donnees, personnel, traceparent) "
    "SELECT * FROM unnest($1::timestamptz[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::json[], $7::json[], "
    "$8::text[]) RETURNING numero, cree_le) "
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
    std::vector<std::string> times, ids, types, subjects, data, personnel, traceparents;
    std::vector<long long> partitions;
    for (const auto& event : events) {
        times.push_back(core::toRfc3339(event.time));
        ids.push_back(event.id);
        types.push_back(event.type);
        subjects.push_back(event.subject);
        partitions.push_back(partitionOf(event.subject, partitions_));
        data.push_back(event.data);
        personnel.push_back(event.personnel);
        traceparents.push_back(event.traceparent);
    }
    transaction.send(kAdd, {times, ids, types, subjects, partitions, data, personnel, traceparents});
}

}  // namespace histologe::streams
