// Refusals of what is asked too often.
#pragma once

#include <optional>
#include <string>

#include "libs/http/message.hpp"
#include "libs/http/rate_limiter.hpp"

namespace histologe::intake {

// 429 problem+json with `Retry-After`.
http::Response attendre(const http::Request& request, const std::string& code, const std::string& message,
                        int secondes);

// Counts one for the key; the refusal when it is one too many.
std::optional<http::Response> refusDeDebit(http::RateLimiter& limiteur, const std::string& cle,
                                           const http::Request& request);

}  // namespace histologe::intake
