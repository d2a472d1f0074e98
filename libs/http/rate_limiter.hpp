// Fixed windows, counted in this process.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "libs/core/clock.hpp"
#include "libs/http/message.hpp"

namespace histologe::http {

// One limiter per operation. Windows start at multiples of their length since 1970, so that every instance agrees on
// them.
class RateLimiter {
  public:
    struct Verdict {
        bool isAllowed = true;
        std::uint32_t remaining = 0;
        std::uint32_t resetSeconds = 0;  // until the window ends, at least 1
    };

    // `maxKeys` bounds the memory: when more callers than that come in one window, counting starts again for all.
    RateLimiter(std::uint32_t limit, std::uint32_t windowSeconds, const core::Clock& clock,
                std::size_t maxKeys = 100'000);

    // Counts one request of that caller.
    Verdict take(const std::string& key);
    [[nodiscard]] std::uint32_t limit() const noexcept { return limit_; }

  private:
    const std::uint32_t limit_;
    const std::uint32_t windowSeconds_;
    const core::Clock& clock_;
    const std::size_t maxKeys_;
    std::mutex mutex_;
    long long window_ = 0;
    std::unordered_map<std::string, std::uint32_t> counts_;  // of the current window only
};

// Says in the headers (`RateLimit-Limit`, `-Remaining`, `-Reset`) how the limit stands.
Response withRateLimit(Response response, const RateLimiter& limiter, const RateLimiter::Verdict& verdict);

// The refusal of what was asked too often: 429 problem+json, `Retry-After` and the headers above.
Response tooManyRequests(const RateLimiter& limiter, const RateLimiter::Verdict& verdict, const std::string& requestId);

}  // namespace histologe::http
