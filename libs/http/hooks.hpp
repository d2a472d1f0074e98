// What a service may plug into the server: who is asking, and which answers were given already.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "libs/core/clock.hpp"
#include "libs/http/message.hpp"

namespace histologe::http {

// Codes of refusals to which the server adds what RFC 6750 asks for in `WWW-Authenticate`.
inline constexpr const char* kIdentificationNeeded = "identification_requise";  // 401: no credentials
inline constexpr const char* kTokenRefused = "jeton_refuse";                    // 401: credentials that do not count
inline constexpr const char* kScopeMissing = "portee_insuffisante";             // 403: good credentials without the scope

// Finds out who is asking. Called for every operation, on the thread that will run the handler.
class Authenticator {
  public:
    virtual ~Authenticator() = default;
    // `requiredScope` is the operation's `x-scope`, empty when anybody may call. Returns who is asking (nullptr only
    // when no scope is required and no credentials were sent). Throws core::Error: Unauthenticated (401) when
    // credentials are missing or wrong, Forbidden (403) when they do not carry the scope.
    virtual std::shared_ptr<const Principal> authenticate(const Request& request, const std::string& requiredScope) = 0;
};

// Lets operations without scope through, anonymously, and refuses every other.
class AnonymousOnly final : public Authenticator {
  public:
    std::shared_ptr<const Principal> authenticate(const Request& request, const std::string& requiredScope) override;
};

// Remembers the answers of creating operations under the Idempotency-Key that the client chose.
class IdempotencyStore {
  public:
    enum class Outcome {
        Begun,      // nobody used the key: it is now held by the caller, who must call complete or abandon
        Replayed,   // the same request was answered: `response` is that answer
        InFlight,   // the same key is being worked on
        OtherBody,  // the key was used with another request
    };
    struct Begin {
        Outcome outcome = Outcome::Begun;
        std::optional<Response> response;
    };

    virtual ~IdempotencyStore() = default;
    // `key` is already scoped to the operation and the caller; `fingerprint` identifies method, target and body.
    // A key that was begun and neither completed nor abandoned (the process died) must become free again after a while.
    virtual Begin begin(const std::string& operationId, const std::string& key, const std::string& fingerprint) = 0;
    // Keeps the answer, for at least 24 hours.
    virtual void complete(const std::string& operationId, const std::string& key, const std::string& fingerprint,
                          const Response& response) = 0;
    // The request failed in a way that may be tried again (5xx): frees the key.
    virtual void abandon(const std::string& operationId, const std::string& key) = 0;
};

// Keeps answers in this process for 24 hours: for tests and for one instance. Holds at most `capacity` answers, the
// oldest going first.
class MemoryIdempotencyStore final : public IdempotencyStore {
  public:
    explicit MemoryIdempotencyStore(const core::Clock& clock, std::size_t capacity = 10'000);
    ~MemoryIdempotencyStore() override;
    Begin begin(const std::string& operationId, const std::string& key, const std::string& fingerprint) override;
    void complete(const std::string& operationId, const std::string& key, const std::string& fingerprint,
                  const Response& response) override;
    void abandon(const std::string& operationId, const std::string& key) override;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace histologe::http
