#include "libs/http/hooks.hpp"

#include <deque>

#include "libs/core/error.hpp"

namespace histologe::http {

std::shared_ptr<const Principal> AnonymousOnly::authenticate(const Request&, const std::string& requiredScope) {
    if (requiredScope.empty()) return nullptr;
    throw core::Error(core::ErrorKind::Unauthenticated, kIdentificationNeeded, "Identifiez-vous pour continuer.");
}

namespace {

constexpr std::chrono::hours kKept{24};
constexpr std::chrono::minutes kHeld{5};  // a key begun and never finished: its holder is gone

struct Remembered {
    std::string fingerprint;
    std::optional<Response> response;
    core::Instant until;
};

}  // namespace

struct MemoryIdempotencyStore::State {
    const core::Clock& clock;
    const std::size_t capacity;
    std::mutex mutex;
    std::unordered_map<std::string, Remembered> answers;
    std::deque<std::string> order;  // of first use

    static std::string nameOf(const std::string& operationId, const std::string& key) {
        return operationId + ' ' + key;
    }
};

MemoryIdempotencyStore::MemoryIdempotencyStore(const core::Clock& clock, std::size_t capacity)
    : state_(new State{clock, capacity, {}, {}, {}}) {}

MemoryIdempotencyStore::~MemoryIdempotencyStore() = default;

IdempotencyStore::Begin MemoryIdempotencyStore::begin(const std::string& operationId, const std::string& key,
                                                      const std::string& fingerprint) {
    const auto name = State::nameOf(operationId, key);
    const auto now = state_->clock.now();
    const std::lock_guard lock(state_->mutex);
    const auto place = state_->answers.find(name);
    if (place != state_->answers.end() && now < place->second.until) {
        const auto& known = place->second;
        if (known.fingerprint != fingerprint) return {Outcome::OtherBody, {}};
        if (!known.response) return {Outcome::InFlight, {}};
        return {Outcome::Replayed, known.response};
    }
    if (place == state_->answers.end()) {
        if (state_->order.size() >= state_->capacity) {
            state_->answers.erase(state_->order.front());
            state_->order.pop_front();
        }
        state_->order.push_back(name);
    }
    state_->answers[name] = {fingerprint, {}, now + kHeld};
    return {Outcome::Begun, {}};
}

void MemoryIdempotencyStore::complete(const std::string& operationId, const std::string& key,
                                      const std::string& fingerprint, const Response& response) {
    const std::lock_guard lock(state_->mutex);
    const auto place = state_->answers.find(State::nameOf(operationId, key));
    if (place == state_->answers.end()) return;
    place->second = {fingerprint, response, state_->clock.now() + kKept};
}

void MemoryIdempotencyStore::abandon(const std::string& operationId, const std::string& key) {
    const std::lock_guard lock(state_->mutex);
    const auto place = state_->answers.find(State::nameOf(operationId, key));
    // Left in `order`, already past its time: begin() takes the place over.
    if (place != state_->answers.end()) place->second.until = core::Instant::min();
}

}  // namespace histologe::http
