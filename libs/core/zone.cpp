#include "libs/core/zone.hpp"

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

#include <date/tz.h>

#include "libs/core/error.hpp"

namespace histologe::core {
namespace {

constexpr std::string_view kParis = "Europe/Paris";

const date::time_zone* locate(std::string_view name) {
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return nullptr;
    }
}

// Looking a name up costs an exception when there is none: each name is asked for once.
const date::time_zone* known(std::string_view name) {
    static std::mutex mutex;
    static std::unordered_map<std::string, const date::time_zone*> zones;
    constexpr std::size_t kMost = 1000;  // names come from data: a flood of wrong ones must not stay
    const std::lock_guard lock(mutex);
    const auto found = zones.find(std::string(name));
    if (found != zones.end()) return found->second;
    const auto* zone = locate(name);
    if (zones.size() < kMost) zones.emplace(name, zone);
    return zone;
}

std::chrono::seconds offsetAt(const date::time_zone& zone, Instant instant) {
    return zone.get_info(std::chrono::floor<std::chrono::seconds>(instant)).offset;
}

}  // namespace

std::optional<Zone> Zone::find(std::string_view name) {
    const auto* zone = known(name);
    if (zone != nullptr) return Zone(zone);
    if (name != kParis && known(kParis) != nullptr) return std::nullopt;
    throw Error(ErrorKind::Internal, "fuseaux_absents", "Une erreur est survenue. Merci de réessayer.", {},
                "no time zone database");
}

Zone Zone::paris() {
    return *find(kParis);
}

Zone Zone::findOrParis(std::string_view name) {
    const auto zone = find(name);
    return zone ? *zone : paris();
}

const std::string& Zone::name() const {
    return zone_->name();
}

std::chrono::year_month_day Zone::dayOf(Instant instant) const {
    return std::chrono::floor<std::chrono::days>(instant + offsetAt(*zone_, instant));
}

Instant Zone::startOf(std::chrono::year_month_day day) const {
    const date::local_seconds midnight{std::chrono::sys_days(day).time_since_epoch()};
    const auto info = zone_->get_info(midnight);
    if (info.result == date::local_info::nonexistent) return info.first.end;
    return Instant(midnight.time_since_epoch() - info.first.offset);
}

std::string Zone::toLocalRfc3339(Instant instant) const {
    const auto offset = offsetAt(*zone_, instant);
    auto text = toRfc3339(instant + offset);
    text.pop_back();  // the Z
    const auto minutes = std::abs(offset.count()) / 60;
    char suffix[16];
    std::snprintf(suffix, sizeof suffix, "%c%02d:%02d", offset.count() < 0 ? '-' : '+', static_cast<int>(minutes / 60),
                  static_cast<int>(minutes % 60));
    return text + suffix;
}

std::chrono::year_month_day addMonths(std::chrono::year_month_day day, int months) {
    const auto moved = day + std::chrono::months(months);
    if (moved.ok()) return moved;
    return moved.year() / moved.month() / std::chrono::last;
}

}  // namespace histologe::core
