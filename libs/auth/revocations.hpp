// Which tokens stopped counting before their time: those of an account up to an instant, those of a session.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "libs/auth/principal.hpp"
#include "libs/core/clock.hpp"

namespace histologe::auth {

struct Revocation {
    std::string key;          // Revocations::ofAccount or ofSession
    core::Instant before;     // tokens issued before this instant do not count
    core::Instant expiresAt;  // when every token that it concerns has expired by itself
};

// The revocations that this process knows. Asked on every request: a look into a map that is almost always small or empty.
// Any thread.
class Revocations {
  public:
    static std::string ofAccount(std::string_view subject) { return "compte:" + std::string(subject); }
    static std::string ofSession(std::string_view session) { return "session:" + std::string(session); }

    // Adds, keeping the later of two for the same key, and forgets those that expired before `now`.
    void add(const std::vector<Revocation>& revocations, core::Instant now);
    [[nodiscard]] bool isRevoked(const Principal& principal) const;
    [[nodiscard]] std::size_t size() const;

  private:
    using Map = std::map<std::string, Revocation, std::less<>>;
    std::mutex writing_;
    std::atomic<std::shared_ptr<const Map>> known_{std::make_shared<const Map>()};
};

// Tokens that say nothing by themselves: 64 hexadecimal digits under which the claims are kept.
class OpaqueTokens {
  public:
    virtual ~OpaqueTokens() = default;
    // The bearer, or nullptr when the token is unknown or its time is over. Any thread.
    virtual std::shared_ptr<const Principal> find(std::string_view token) = 0;
};

}  // namespace histologe::auth
