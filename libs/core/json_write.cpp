// Writing: most texts need no escape and are copied whole; the rest is left to the library.
#include <simdjson.h>

#include <charconv>

#include "libs/core/json.hpp"

namespace histologe::core {
namespace {

// True when the text stands in a JSON text for itself.
bool isPlain(const std::string& text) {
    bool escapes = false;
    bool beyondAscii = false;
    for (const char c : text) {
        escapes = escapes || static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
        beyondAscii = beyondAscii || static_cast<unsigned char>(c) > 0x7F;
    }
    return !escapes && (!beyondAscii || simdjson::validate_utf8(text));
}

void appendText(std::string& out, const std::string& text) {
    if (isPlain(text)) {
        out += '"';
        out += text;
        out += '"';
    } else {
        out += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    }
}

template <typename Number>
void appendNumber(std::string& out, Number number) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void append(std::string& out, const Json& value) {
    switch (value.type()) {
        case Json::value_t::object: {
            char before = '{';
            for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) {
                out += before;
                appendText(out, key);
                out += ':';
                append(out, member);
                before = ',';
            }
            out += before == '{' ? "{}" : "}";
            break;
        }
        case Json::value_t::array: {
            char before = '[';
            for (const auto& element : value.get_ref<const Json::array_t&>()) {
                out += before;
                append(out, element);
                before = ',';
            }
            out += before == '[' ? "[]" : "]";
            break;
        }
        case Json::value_t::string:
            appendText(out, value.get_ref<const std::string&>());
            break;
        case Json::value_t::boolean:
            out += value.get<bool>() ? "true" : "false";
            break;
        case Json::value_t::null:
            out += "null";
            break;
        case Json::value_t::number_unsigned:
            appendNumber(out, value.get<std::uint64_t>());
            break;
        case Json::value_t::number_integer:
            appendNumber(out, value.get<std::int64_t>());
            break;
        default:
            out += value.dump();
    }
}

}  // namespace

std::string dumpJson(const Json& document) {
    std::string out;
    out.reserve(256);
    append(out, document);
    return out;
}

}  // namespace histologe::core
