#include "libs/core/clock.hpp"

#include <cstdio>

namespace histologe::core {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::microseconds;

Instant SystemClock::now() const {
    return std::chrono::time_point_cast<microseconds>(std::chrono::system_clock::now());
}

std::string toRfc3339(Instant instant) {
    const auto day = floor<days>(instant);
    const std::chrono::year_month_day date(day);
    const auto inDay = instant - day;
    const auto seconds = floor<std::chrono::seconds>(inDay);
    const auto fraction = (inDay - seconds).count();
    const auto total = seconds.count();
    char text[48];
    int length = std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02lld:%02lld:%02lld", static_cast<int>(date.year()),
                               static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                               static_cast<long long>(total / 3600), static_cast<long long>(total / 60 % 60),
                               static_cast<long long>(total % 60));
    std::string result(text, static_cast<std::size_t>(length));
    if (fraction != 0) {
        std::snprintf(text, sizeof text, ".%06lld", static_cast<long long>(fraction));
        result += text;
    }
    return result + "Z";
}

std::optional<Instant> parseInstant(std::string_view text) {
    std::size_t at = 0;
    const auto number = [&](int digits) -> std::optional<int> {
        int value = 0;
        for (int i = 0; i < digits; ++i, ++at) {
            if (at >= text.size() || text[at] < '0' || text[at] > '9') return std::nullopt;
            value = value * 10 + (text[at] - '0');
        }
        return value;
    };
    const auto one = [&](std::string_view allowed) {
        if (at >= text.size() || allowed.find(text[at]) == std::string_view::npos) return false;
        ++at;
        return true;
    };
    const auto year = number(4);
    if (!year || !one("-")) return std::nullopt;
    const auto month = number(2);
    if (!month || !one("-")) return std::nullopt;
    const auto day = number(2);
    if (!day || !one("Tt ")) return std::nullopt;
    const auto hour = number(2);
    if (!hour || !one(":")) return std::nullopt;
    const auto minute = number(2);
    if (!minute || !one(":")) return std::nullopt;
    const auto second = number(2);
    if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    long long fraction = 0;
    if (at < text.size() && text[at] == '.') {
        ++at;
        int digits = 0;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
            if (digits < 6) fraction = fraction * 10 + (text[at] - '0');
        }
        if (digits == 0) return std::nullopt;
        for (; digits < 6; ++digits) fraction *= 10;
    }
    int offsetMinutes = 0;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
        const int sign = text[at++] == '+' ? 1 : -1;
        const auto hours = number(2);
        if (!hours) return std::nullopt;
        int minutes = 0;
        if (at < text.size()) {
            if (text[at] == ':') ++at;
            const auto read = number(2);
            if (!read) return std::nullopt;
            minutes = *read;
        }
        offsetMinutes = sign * (*hours * 60 + minutes);
    } else if (!one("Zz")) {
        return std::nullopt;
    }
    if (at != text.size()) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return std::nullopt;
    return Instant(std::chrono::sys_days(date)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second) + microseconds(fraction) - std::chrono::minutes(offsetMinutes);
}

}  // namespace histologe::core
