// The target of a request, taken apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libs/http/message.hpp"

namespace histologe::http {

struct Target {
    std::string path;                   // decoded
    std::vector<std::string> segments;  // decoded one by one: an encoded slash separates nothing
    Parameters query;
};

// Reads the origin form (`/a/b?c=d`) and the absolute form (`http://host/a`). Empty for anything that two readers could
// understand differently: a broken escape, what is not UTF-8, a NUL or another control character, a fragment, a segment
// that is `.` or `..`, a backslash.
std::optional<Target> readTarget(std::string_view text);

// The address that our gateway saw: the last one of X-Forwarded-For; the peer's when there is none or it is not an
// address.
std::string forwardedFor(const Headers& headers, const std::string& peerAddress);

}  // namespace histologe::http
