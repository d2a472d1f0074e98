#include <cmath>
#include <limits>

#include "libs/core/clock.hpp"
#include "libs/core/ids.hpp"
#include "libs/http/schema_node.hpp"

namespace histologe::http {
namespace {

bool isDigit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool hasShape(std::string_view text, std::string_view shape) noexcept {
    if (text.size() != shape.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (shape[i] == '9' ? !isDigit(text[i]) : text[i] != shape[i]) return false;
    }
    return true;
}

int number(std::string_view text, std::size_t at, std::size_t size) noexcept {
    int value = 0;
    for (const char c : text.substr(at, size)) value = value * 10 + (c - '0');
    return value;
}

// A day that exists in the calendar.
bool isDate(std::string_view text) noexcept {
    if (!hasShape(text, "9999-99-99")) return false;
    return std::chrono::year_month_day(std::chrono::year(number(text, 0, 4)),
                                       std::chrono::month(static_cast<unsigned>(number(text, 5, 2))),
                                       std::chrono::day(static_cast<unsigned>(number(text, 8, 2))))
        .ok();
}

bool isTime(std::string_view text) noexcept {
    return (hasShape(text, "99:99") || hasShape(text, "99:99:99")) && number(text, 0, 2) < 24 &&
           number(text, 3, 2) < 60 && (text.size() == 5 || number(text, 6, 2) < 60);
}

// RFC 3339: with `T` and an offset.
bool isDateTime(std::string_view text) {
    return text.size() >= 20 && text.size() <= 40 && (text[10] == 'T' || text[10] == 't') &&
           core::parseInstant(text).has_value();
}

// What every mail system accepts: something@labels.with.dots, bounded as RFC 5321 does. Whether it exists is not known
// here.
bool isEmail(std::string_view text) noexcept {
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) return false;
    const auto local = text.substr(0, at);
    const auto domain = text.substr(at + 1);
    if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) return false;
    for (const char c : local) {
        if (static_cast<unsigned char>(c) <= ' ' || c == 127 ||
            std::string_view("()<>[]:;@\\,\"").find(c) != std::string_view::npos) {
            return false;
        }
    }
    bool hasDot = false;
    std::size_t label = 0;
    for (std::size_t i = 0; i < domain.size(); ++i) {
        const char c = domain[i];
        if (c == '.') {
            if (label == 0 || domain[i - 1] == '-') return false;
            hasDot = true;
            label = 0;
        } else {
            const bool isLetter =
                (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 128;
            if (!isLetter && !isDigit(c) && (c != '-' || label == 0)) return false;
            if (++label > 63) return false;
        }
    }
    return hasDot && label > 1 && domain.back() != '-';
}

bool isUri(std::string_view text) noexcept {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return false;
    for (std::size_t i = 0; i < colon; ++i) {
        const char c = text[i];
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!isLetter && (i == 0 || (!isDigit(c) && c != '+' && c != '-' && c != '.'))) return false;
    }
    for (const char c : text) {
        if (static_cast<unsigned char>(c) <= ' ' || c == 127 || c == '<' || c == '>' || c == '"') return false;
    }
    return true;
}

bool isWithin(const core::Json& value, double smallest, double largest) {
    const auto held = value.get<double>();
    return held >= smallest && held <= largest;
}

}  // namespace

std::uint8_t schemaTypesOf(const core::Json& value) noexcept {
    switch (value.type()) {
        case core::Json::value_t::null:
            return kNull;
        case core::Json::value_t::boolean:
            return kBoolean;
        case core::Json::value_t::number_integer:
        case core::Json::value_t::number_unsigned:
            return kInteger;
        case core::Json::value_t::number_float: {
            const auto held = value.get<double>();
            return std::isfinite(held) && held == std::floor(held) ? kInteger : kNumber;
        }
        case core::Json::value_t::string:
            return kString;
        case core::Json::value_t::array:
            return kArray;
        case core::Json::value_t::object:
            return kObject;
        case core::Json::value_t::binary:
        case core::Json::value_t::discarded:
            return 0;
    }
    return 0;
}

bool matchesFormat(SchemaFormat format, const core::Json& value) {
    if (format == SchemaFormat::Int32 || format == SchemaFormat::Int64) {
        if (!value.is_number()) return true;
        if (format == SchemaFormat::Int32) return isWithin(value, -2147483648.0, 2147483647.0);
        if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= std::numeric_limits<std::int64_t>::max();
        return value.is_number_integer() || isWithin(value, -9.2233720368547748e18, 9.2233720368547748e18);
    }
    const auto* text = value.get_ptr<const std::string*>();
    if (text == nullptr) return true;
    switch (format) {
        case SchemaFormat::Date:
            return isDate(*text);
        case SchemaFormat::DateTime:
            return isDateTime(*text);
        case SchemaFormat::Time:
            return isTime(*text);
        case SchemaFormat::Email:
            return isEmail(*text);
        case SchemaFormat::Uuid:
            return core::isUuid(*text);
        case SchemaFormat::Uri:
            return isUri(*text);
        case SchemaFormat::None:
        case SchemaFormat::Int32:
        case SchemaFormat::Int64:
            return true;
    }
    return true;
}

}  // namespace histologe::http
