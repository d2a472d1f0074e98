// Names in Redis, and the services that read every stream.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace histologe::streams {

// Every service hears every event; an entry may leave its stream only when all five have applied it.
inline constexpr std::array<std::string_view, 5> kGroups = {"intake", "scoring", "routing", "notification", "statistics"};

// The braces are Redis Cluster's hash tag: a partition and its marks live on one node.
inline std::string streamKey(std::uint32_t partition) {
    return "histologe:evenements:{" + std::to_string(partition) + "}";
}
inline std::string generationKey(std::uint32_t partition, std::string_view service) {
    return "histologe:generation:{" + std::to_string(partition) + "}:" + std::string(service);
}

}  // namespace histologe::streams
