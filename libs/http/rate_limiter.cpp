#include "libs/http/rate_limiter.hpp"

#include "libs/http/problem.hpp"

namespace histologe::http {

RateLimiter::RateLimiter(std::uint32_t limit, std::uint32_t windowSeconds, const core::Clock& clock,
                         std::size_t maxKeys)
    : limit_(limit), windowSeconds_(windowSeconds), clock_(clock), maxKeys_(maxKeys) {}

RateLimiter::Verdict RateLimiter::take(const std::string& key) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch().count();
    const auto window = seconds / windowSeconds_;
    Verdict verdict;
    verdict.resetSeconds = static_cast<std::uint32_t>((window + 1) * windowSeconds_ - seconds);
    const std::lock_guard lock(mutex_);
    if (window != window_ || counts_.size() >= maxKeys_) {
        counts_.clear();
        window_ = window;
    }
    auto& count = counts_[key];
    if (count >= limit_) {
        verdict.isAllowed = false;
        return verdict;
    }
    verdict.remaining = limit_ - ++count;
    return verdict;
}

Response withRateLimit(Response response, const RateLimiter& limiter, const RateLimiter::Verdict& verdict) {
    response.headers.set("RateLimit-Limit", std::to_string(limiter.limit()));
    response.headers.set("RateLimit-Remaining", std::to_string(verdict.remaining));
    response.headers.set("RateLimit-Reset", std::to_string(verdict.resetSeconds));
    return response;
}

Response tooManyRequests(const RateLimiter& limiter, const RateLimiter::Verdict& verdict, const std::string& requestId) {
    auto response = problem(429, "trop_de_demandes",
                            "Vous avez fait trop de demandes. Patientez un peu avant de réessayer.", requestId);
    response.headers.set("Retry-After", std::to_string(verdict.resetSeconds));
    return withRateLimit(std::move(response), limiter, verdict);
}

}  // namespace histologe::http
