#include "libs/http/uri.hpp"

#include "libs/core/text.hpp"

namespace histologe::http {
namespace {

int hexValue(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool isUnreserved(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

std::string encode(std::string_view text) {
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (isUnreserved(c)) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += '%';
            encoded += kHex[byte >> 4];
            encoded += kHex[byte & 0xf];
        }
    }
    return encoded;
}

// A name or value as it may stand in a query: decoded, UTF-8, without NUL.
std::optional<std::string> readComponent(std::string_view text) {
    auto decoded = percentDecode(text, true);
    if (!decoded || !core::isUtf8(*decoded) || decoded->find('\0') != std::string::npos) return std::nullopt;
    return decoded;
}

}  // namespace

std::optional<std::string> percentDecode(std::string_view text, bool plusIsBlank) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hexValue(text[i + 1]);
            const int low = hexValue(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else if (text[i] == '+' && plusIsBlank) {
            decoded += ' ';
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

std::string encodePathSegment(std::string_view text) {
    return encode(text);
}
std::string encodeQueryValue(std::string_view text) {
    return encode(text);
}

std::optional<Parameters> parseQuery(std::string_view text) {
    Parameters parameters;
    while (!text.empty()) {
        const auto end = text.find('&');
        const auto part = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (part.empty()) continue;
        const auto equals = part.find('=');
        auto name = readComponent(part.substr(0, equals));
        auto value = readComponent(equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1));
        if (!name || !value) return std::nullopt;
        parameters.add(std::move(*name), std::move(*value));
    }
    return parameters;
}

std::string nextPage(const Request& request, std::string_view cursor) {
    std::string address = request.path + "?";
    for (const auto& [name, value] : request.query.all()) {
        if (name != "curseur") address += encodeQueryValue(name) + "=" + encodeQueryValue(value) + "&";
    }
    return "<" + address + "curseur=" + encodeQueryValue(cursor) + ">; rel=\"next\"";
}

}  // namespace histologe::http
