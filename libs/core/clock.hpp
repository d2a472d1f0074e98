// Time, injected: nothing outside this file asks the system what time it is to decide something.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace histologe::core {

// UTC, to the microsecond (what PostgreSQL keeps).
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override;
};

// A clock that stands still until it is told; any thread may read and set it.
class DrivenClock final : public Clock {
  public:
    explicit DrivenClock(Instant start) : now_(start.time_since_epoch().count()) {}
    [[nodiscard]] Instant now() const override { return Instant(std::chrono::microseconds(now_.load())); }
    void set(Instant instant) { now_ = instant.time_since_epoch().count(); }
    void advance(std::chrono::microseconds by) { now_ += by.count(); }

  private:
    std::atomic<long long> now_;
};

// `2026-11-25T08:30:00.123456Z`; the fraction is left out when it is zero.
std::string toRfc3339(Instant instant);

// Reads RFC 3339 with `Z` or a numeric offset, with or without a fraction (digits past the sixth are dropped); also the
// form PostgreSQL prints (`2026-11-25 08:30:00.123456+00`). Empty when the text is not one.
std::optional<Instant> parseInstant(std::string_view text);

}  // namespace histologe::core
