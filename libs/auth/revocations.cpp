#include "libs/auth/revocations.hpp"

namespace histologe::auth {

void Revocations::add(const std::vector<Revocation>& revocations, core::Instant now) {
    const std::lock_guard lock(writing_);
    auto next = std::make_shared<Map>(*known_.load());
    std::erase_if(*next, [&](const auto& one) { return one.second.expiresAt <= now; });
    for (const auto& one : revocations) {
        if (one.expiresAt <= now) continue;
        auto& kept = next->try_emplace(one.key, one).first->second;
        kept.before = std::max(kept.before, one.before);
        kept.expiresAt = std::max(kept.expiresAt, one.expiresAt);
    }
    known_.store(std::move(next));
}

bool Revocations::isRevoked(const Principal& principal) const {
    const auto known = known_.load();
    if (known->empty()) return false;
    const auto covers = [&](const std::string& key) {
        const auto found = known->find(key);
        return found != known->end() && principal.issuedAt < found->second.before;
    };
    return covers(ofAccount(principal.subject)) || (!principal.session.empty() && covers(ofSession(principal.session)));
}

std::size_t Revocations::size() const {
    return known_.load()->size();
}

}  // namespace histologe::auth
