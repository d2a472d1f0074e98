#include "libs/http/rate_limiter.hpp"

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

}  // namespace histologe::http
