#include "libs/streams/outbox.hpp"

#include "libs/core/ids.hpp"

namespace histologe::streams {
namespace {

// Numbers are drawn in the order of the array, so that the events of one subject keep theirs.
const postgres::Statement kAdd{
    "outbox_add",
    "WITH nouveaux AS ("
    "  INSERT INTO evenements (cree_le, id, type, sujet, partition, donnees, personnel, traceparent)"
    "  SELECT cree_le, id, type, sujet, partition, donnees, personnel, traceparent"
    "  FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (cree_le timestamptz, id uuid, type text, sujet text,"
    "       partition int, donnees jsonb, personnel jsonb, traceparent text)) WITH ORDINALITY"
    "  AS lot(cree_le, id, type, sujet, partition, donnees, personnel, traceparent, rang) ORDER BY rang"
    "  RETURNING numero, cree_le) "
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

void Outbox::add(postgres::Transaction& transaction, const std::vector<Event>& events) const {
    if (events.empty()) return;
    auto rows = core::Json::array();
    for (const auto& event : events) {
        rows.push_back({{"cree_le", core::toRfc3339(event.time)},
                        {"id", event.id},
                        {"type", event.type},
                        {"sujet", event.subject},
                        {"partition", partitionOf(event.subject, partitions_)},
                        {"donnees", event.data},
                        {"personnel", event.personnel},
                        {"traceparent", event.traceparent}});
    }
    transaction.send(kAdd, {rows});
}

}  // namespace histologe::streams
