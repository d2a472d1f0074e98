#include "libs/http/wire.hpp"

#include <charconv>
#include <ctime>
#include <string_view>

namespace histologe::http {
namespace {

std::string_view reasonOf(int status) noexcept {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Status";
    }
}

// `Wed, 25 Nov 2026 08:30:00 GMT`, made once a second per thread.
std::string_view dateNow() {
    thread_local std::time_t made = -1;
    thread_local char text[40];
    thread_local std::size_t size = 0;
    const auto now = std::time(nullptr);
    if (now != made) {
        std::tm parts{};
        gmtime_r(&now, &parts);
        size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
        made = now;
    }
    return {text, size};
}

void appendNumber(std::string& bytes, std::size_t number) {
    char digits[24];
    bytes.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void appendField(std::string& bytes, std::string_view name, std::string_view value) {
    bytes += name;
    bytes += ": ";
    for (const char c : value) bytes += c == '\r' || c == '\n' || c == '\0' ? ' ' : c;
    bytes += "\r\n";
}

}  // namespace

std::string toWire(const Response& response, const WireOptions& options) {
    const bool hasNoBody = response.status == 204 || response.status == 304 || response.status < 200;
    std::string bytes;
    bytes.reserve(512 + (options.isHead || hasNoBody ? 0 : response.body.size()));
    bytes += options.isHttp11 ? "HTTP/1.1 " : "HTTP/1.0 ";
    appendNumber(bytes, static_cast<std::size_t>(response.status));
    bytes += ' ';
    bytes += reasonOf(response.status);
    bytes += "\r\nDate: ";
    bytes += dateNow();
    bytes += "\r\n";
    for (const auto& [name, value] : response.headers.all()) {
        if (equalsIgnoringCase(name, "Content-Length") || equalsIgnoringCase(name, "Connection") ||
            equalsIgnoringCase(name, "Transfer-Encoding") || equalsIgnoringCase(name, "Date")) {
            continue;
        }
        appendField(bytes, name, value);
    }
    if (!hasNoBody) {
        bytes += "Content-Length: ";
        appendNumber(bytes, response.body.size());
        bytes += "\r\n";
    }
    bytes += options.closes ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n";
    if (!options.isHead && !hasNoBody) bytes += response.body;
    return bytes;
}

}  // namespace histologe::http
