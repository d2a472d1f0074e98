// Identifiers that follow a request: the W3C trace context and the request id.
#pragma once

#include <string>
#include <string_view>

namespace histologe::http {

// True for a version 00 traceparent: `00-<32 hex>-<16 hex>-<2 hex>`, lower case, neither id all zero.
bool isTraceparent(std::string_view text) noexcept;

// The context to work under: same trace and flags as the one received, a new span; a new sampled trace when nothing
// valid was received.
std::string continueTrace(std::string_view received);

// The 32 digits of a valid traceparent.
std::string_view traceIdOf(std::string_view traceparent) noexcept;

// Accepted from outside: 1 to 64 letters, digits, `.`, `_`, `-`.
bool isRequestId(std::string_view text) noexcept;

}  // namespace histologe::http
