// An event: what happened to one signalement (or in the directory), as it is kept in the log and carried by the streams.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"

namespace histologe::streams {

// CloudEvents 1.0 attributes and the two parts of its content. `data` holds no personal data; names and contacts that a
// reader needs stand in `personnel`, which anonymisation erases from the log and from every projection.
struct Event {
    std::string id;       // UUID v7, also the key by which a consumer knows that it has had it
    std::string type;     // `signalement.depose`
    std::string source;   // the service that says it
    std::string subject;  // the signalement's uuid, or another aggregate's: events of one subject keep their order
    core::Instant time{};
    core::Json data = core::Json::object();
    core::Json personnel = core::Json::object();
    std::string traceparent;  // W3C, empty when unknown
};

// The envelope as JSON (CloudEvents structured mode; `personnel` and `traceparent` are left out when empty).
core::Json toJson(const Event& event);

// Reads an envelope; throws core::Error (InvalidInput, `evenement_illisible`) when an attribute is absent or wrong.
Event eventFromJson(const core::Json& envelope);

// The partition of a subject, the same in every process and version: FNV-1a modulo the number of partitions.
std::uint32_t partitionOf(std::string_view subject, std::uint32_t partitions) noexcept;

}  // namespace histologe::streams
