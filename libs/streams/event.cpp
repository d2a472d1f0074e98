#include "libs/streams/event.hpp"

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"

namespace histologe::streams {
namespace {

core::Error unreadable(const std::string& why) {
    return {core::ErrorKind::InvalidInput, "evenement_illisible", "L'événement est illisible.", {}, why};
}

std::string attribute(const core::Json& envelope, const char* name) {
    const auto found = envelope.find(name);
    if (found == envelope.end() || !found->is_string() || found->get_ref<const std::string&>().empty()) {
        throw unreadable(std::string("attribute ") + name);
    }
    return found->get<std::string>();
}

core::Json part(const core::Json& envelope, const char* name) {
    const auto found = envelope.find(name);
    if (found == envelope.end()) return core::Json::object();
    if (!found->is_object()) throw unreadable(std::string("part ") + name);
    return *found;
}

}  // namespace

core::Json toJson(const Event& event) {
    core::Json envelope = {{"specversion", "1.0"},
                           {"id", event.id},
                           {"type", event.type},
                           {"source", event.source},
                           {"subject", event.subject},
                           {"time", core::toRfc3339(event.time)},
                           {"datacontenttype", "application/json"},
                           {"data", event.data}};
    if (!event.personnel.empty()) envelope["personnel"] = event.personnel;
    if (!event.traceparent.empty()) envelope["traceparent"] = event.traceparent;
    return envelope;
}

Event eventFromJson(const core::Json& envelope) {
    if (!envelope.is_object()) throw unreadable("not an object");
    Event event;
    event.id = attribute(envelope, "id");
    if (!core::isUuid(event.id)) throw unreadable("attribute id");
    event.type = attribute(envelope, "type");
    event.source = attribute(envelope, "source");
    event.subject = attribute(envelope, "subject");
    const auto time = core::parseInstant(attribute(envelope, "time"));
    if (!time) throw unreadable("attribute time");
    event.time = *time;
    event.data = part(envelope, "data");
    event.personnel = part(envelope, "personnel");
    if (envelope.contains("traceparent")) event.traceparent = attribute(envelope, "traceparent");
    return event;
}

std::uint32_t partitionOf(std::string_view subject, std::uint32_t partitions) noexcept {
    std::uint32_t hash = 2166136261u;
    for (const char c : subject) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash % partitions;
}

}  // namespace histologe::streams
