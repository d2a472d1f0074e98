#include "libs/http/cors.hpp"

#include <algorithm>

namespace histologe::http {
namespace {

constexpr const char* kExposed =
    "ETag, Link, Location, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, X-Request-Id, "
    "Idempotency-Replayed, Content-Disposition";
constexpr const char* kAccepted =
    "Authorization, Content-Type, Accept, Accept-Language, Idempotency-Key, If-Match, If-None-Match, X-Request-Id, "
    "traceparent";

}  // namespace

bool Cors::isAllowed(std::string_view origin) const {
    return !origin.empty() && std::find(allowed_.begin(), allowed_.end(), origin) != allowed_.end();
}

void Cors::decorate(std::string_view origin, Response& response) const {
    if (allowed_.empty()) return;
    response.headers.add("Vary", "Origin");
    if (!isAllowed(origin)) return;
    response.headers.set("Access-Control-Allow-Origin", std::string(origin));
    response.headers.set("Access-Control-Expose-Headers", kExposed);
}

Response Cors::preflight(std::string_view origin, const std::string& methods) const {
    auto response = Response::noContent();
    response.headers.add("Allow", methods);
    if (!isAllowed(origin)) return response;
    response.headers.add("Access-Control-Allow-Methods", methods);
    response.headers.add("Access-Control-Allow-Headers", kAccepted);
    response.headers.add("Access-Control-Max-Age", "600");
    return response;
}

}  // namespace histologe::http
