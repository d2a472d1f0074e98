// Time zones: the day, the month and the year that people of a place read on their calendar at an instant.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "libs/core/clock.hpp"

namespace date {
class time_zone;
}

namespace histologe::core {

// A zone of the machine's IANA database (package tzdata). Small, copied freely, usable from any thread.
class Zone {
  public:
    // By its name (`Indian/Reunion`); empty when the database has none of that name. Throws core::Error (Internal,
    // `fuseaux_absents`) when there is no database.
    static std::optional<Zone> find(std::string_view name);
    // Europe/Paris: what counts where no territory says otherwise.
    static Zone paris();
    // The zone of that name, Paris's when there is none.
    static Zone findOrParis(std::string_view name);

    [[nodiscard]] const std::string& name() const;

    [[nodiscard]] std::chrono::year_month_day dayOf(Instant instant) const;
    [[nodiscard]] int yearOf(Instant instant) const { return static_cast<int>(dayOf(instant).year()); }
    // The first instant of a day there. Where midnight does not exist (clocks are put forward over it), the first
    // instant after; where it comes twice, the first of the two.
    [[nodiscard]] Instant startOf(std::chrono::year_month_day day) const;
    // What clocks show there, as `2026-11-25T09:30:00+01:00`.
    [[nodiscard]] std::string toLocalRfc3339(Instant instant) const;

    friend bool operator==(const Zone&, const Zone&) = default;

  private:
    explicit Zone(const date::time_zone* zone) : zone_(zone) {}
    const date::time_zone* zone_;
};

// The day that many months before or after, in the calendar: 31 March minus one month is the last of February.
std::chrono::year_month_day addMonths(std::chrono::year_month_day day, int months);

}  // namespace histologe::core
