#include "libs/http/target.hpp"

#include <arpa/inet.h>

#include "libs/core/text.hpp"
#include "libs/http/uri.hpp"

namespace histologe::http {
namespace {

bool isSafe(std::string_view segment) {
    if (segment == "." || segment == ".." || !core::isUtf8(segment)) return false;
    for (const char c : segment) {
        if (static_cast<unsigned char>(c) < ' ' || c == 127 || c == '\\') return false;
    }
    return true;
}

}  // namespace

std::optional<Target> readTarget(std::string_view text) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (text.size() > scheme.size() && equalsIgnoringCase(text.substr(0, scheme.size()), scheme)) {
            const auto slash = text.find('/', scheme.size());
            text = slash == std::string_view::npos ? std::string_view("/") : text.substr(slash);
            break;
        }
    }
    if (!text.starts_with('/') || text.find('#') != std::string_view::npos) return std::nullopt;
    Target target;
    const auto mark = text.find('?');
    if (mark != std::string_view::npos) {
        auto query = parseQuery(text.substr(mark + 1));
        if (!query) return std::nullopt;
        target.query = std::move(*query);
    }
    auto path = text.substr(1, mark == std::string_view::npos ? mark : mark - 1);
    while (true) {
        const auto slash = path.find('/');
        auto segment = percentDecode(path.substr(0, slash));
        if (!segment || !isSafe(*segment)) return std::nullopt;
        target.path += '/';
        target.path += *segment;
        target.segments.push_back(std::move(*segment));
        if (slash == std::string_view::npos) return target;
        path.remove_prefix(slash + 1);
    }
}

std::string forwardedFor(const Headers& headers, const std::string& peerAddress) {
    std::string last;
    for (const auto& [name, value] : headers.all()) {
        if (equalsIgnoringCase(name, "X-Forwarded-For")) last = value;
    }
    if (const auto comma = last.rfind(','); comma != std::string::npos) last.erase(0, comma + 1);
    last = core::trim(last);
    unsigned char bytes[sizeof(in6_addr)];
    const bool isAddress =
        inet_pton(AF_INET, last.c_str(), bytes) == 1 || inet_pton(AF_INET6, last.c_str(), bytes) == 1;
    return isAddress ? last : peerAddress;
}

}  // namespace histologe::http
