#include "libs/core/text.hpp"

#include <cstdint>

namespace histologe::core {
namespace {

// Decodes the code point that starts at `at` and moves past it; -1 when the bytes are not UTF-8.
std::int32_t decode(std::string_view text, std::size_t& at) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    int extra = 0;
    std::int32_t point = 0;
    std::int32_t smallest = 0;
    if ((lead & 0xe0) == 0xc0) {
        extra = 1, point = lead & 0x1f, smallest = 0x80;
    } else if ((lead & 0xf0) == 0xe0) {
        extra = 2, point = lead & 0x0f, smallest = 0x800;
    } else if ((lead & 0xf8) == 0xf0) {
        extra = 3, point = lead & 0x07, smallest = 0x10000;
    } else {
        return -1;
    }
    if (at + static_cast<std::size_t>(extra) >= text.size()) return -1;
    for (int i = 1; i <= extra; ++i) {
        const unsigned char next = byte(at + static_cast<std::size_t>(i));
        if ((next & 0xc0) != 0x80) return -1;
        point = (point << 6) | (next & 0x3f);
    }
    if (point < smallest || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return -1;
    at += static_cast<std::size_t>(extra) + 1;
    return point;
}

// Latin letters with diacritics of French and its neighbours, as the plain letters they are compared as.
const char* plain(std::int32_t point) noexcept {
    switch (point) {
        case 0xc0: case 0xc1: case 0xc2: case 0xc3: case 0xc4: case 0xc5:
        case 0xe0: case 0xe1: case 0xe2: case 0xe3: case 0xe4: case 0xe5: return "a";
        case 0xc6: case 0xe6: return "ae";
        case 0xc7: case 0xe7: return "c";
        case 0xc8: case 0xc9: case 0xca: case 0xcb: case 0xe8: case 0xe9: case 0xea: case 0xeb: return "e";
        case 0xcc: case 0xcd: case 0xce: case 0xcf: case 0xec: case 0xed: case 0xee: case 0xef: return "i";
        case 0xd1: case 0xf1: return "n";
        case 0xd2: case 0xd3: case 0xd4: case 0xd5: case 0xd6: case 0xd8:
        case 0xf2: case 0xf3: case 0xf4: case 0xf5: case 0xf6: case 0xf8: return "o";
        case 0xd9: case 0xda: case 0xdb: case 0xdc: case 0xf9: case 0xfa: case 0xfb: case 0xfc: return "u";
        case 0xdd: case 0xfd: case 0xff: case 0x178: return "y";
        case 0xdf: return "ss";
        case 0x152: case 0x153: return "oe";
        case 0x2018: case 0x2019: return "'";
        default: return nullptr;
    }
}

bool isBlank(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

bool isUtf8(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        if (decode(text, at) < 0) return false;
    }
    return true;
}

std::size_t countCharacters(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++count;
    }
    return count;
}

std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
    return text;
}

std::string fold(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const std::int32_t point = decode(text, at);
        if (point < 0) {
            at = from + 1;
        } else if (point < 0x80) {
            const char c = static_cast<char>(point);
            if (!isBlank(c)) {
                folded += (c >= 'A' && c <= 'Z') ? static_cast<char>(c + 32) : c;
            } else if (!folded.empty() && folded.back() != ' ') {
                folded += ' ';
            }
        } else if (point == 0xa0 || point == 0x202f) {
            if (!folded.empty() && folded.back() != ' ') folded += ' ';
        } else if (point < 0x300 || point > 0x36f) {  // combining accents are dropped
            if (const char* letters = plain(point)) {
                folded += letters;
            } else {
                folded.append(text.substr(from, at - from));
            }
        }
    }
    while (!folded.empty() && folded.back() == ' ') folded.pop_back();
    return folded;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    while (true) {
        const auto at = text.find(separator, from);
        parts.emplace_back(text.substr(from, at == std::string_view::npos ? at : at - from));
        if (at == std::string_view::npos) return parts;
        from = at + 1;
    }
}

std::string toCamelCase(std::string_view snake) {
    std::string camel;
    bool up = false;
    for (const char c : snake) {
        if (c == '_') {
            up = !camel.empty();
        } else {
            camel += (up && c >= 'a' && c <= 'z') ? static_cast<char>(c - 32) : c;
            up = false;
        }
    }
    return camel;
}

std::string escapeHtml(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': safe += "&amp;"; break;
            case '<': safe += "&lt;"; break;
            case '>': safe += "&gt;"; break;
            case '"': safe += "&quot;"; break;
            case '\'': safe += "&#39;"; break;
            default: safe += c;
        }
    }
    return safe;
}

}  // namespace histologe::core
