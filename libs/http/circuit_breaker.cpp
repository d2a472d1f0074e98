#include "libs/http/circuit_breaker.hpp"

namespace histologe::http {

bool CircuitBreaker::allow() {
    const auto now = clock_.now();
    const std::lock_guard lock(mutex_);
    if (state_ == State::Closed) return true;
    if (now < until_) return false;
    // One trial; the next may come when this one has had its time.
    state_ = State::HalfOpen;
    until_ = now + settings_.openFor;
    return true;
}

void CircuitBreaker::succeeded() {
    const std::lock_guard lock(mutex_);
    state_ = State::Closed;
    failures_ = 0;
}

void CircuitBreaker::failed() {
    const auto now = clock_.now();
    const std::lock_guard lock(mutex_);
    ++failures_;
    if (state_ == State::Closed && failures_ < settings_.failureThreshold) return;
    state_ = State::Open;
    until_ = now + settings_.openFor;
}

CircuitBreaker::State CircuitBreaker::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

}  // namespace histologe::http
