// Building the JSON array that a set-based statement reads.
#pragma once

#include <optional>

#include "libs/core/clock.hpp"
#include "libs/core/json.hpp"

namespace histologe::statistics {

template <typename Value>
core::Json orNull(const std::optional<Value>& value) {
    return value ? core::Json(*value) : core::Json(nullptr);
}

inline core::Json orNull(const std::optional<core::Instant>& value) {
    return value ? core::Json(core::toRfc3339(*value)) : core::Json(nullptr);
}

}  // namespace histologe::statistics
