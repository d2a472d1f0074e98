// What routing says of access tokens reaches every instance of every service within seconds: revocations are kept in a
// table by whoever hears of them and in the memory of each instance; opaque tokens are kept in a table.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "libs/auth/claims.hpp"
#include "libs/auth/revocations.hpp"
#include "libs/core/clock.hpp"
#include "libs/postgres/connection.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/streams/consumer.hpp"

namespace histologe::service {

// How old what an instance knows of revocations may be.
inline constexpr std::chrono::milliseconds kRevocationsLook{1000};

// Hears `compte.revoque`, `session.revoquee` and `jeton.emis`, for every service. The clock outlives it.
void hearRevocations(streams::Subscriptions& subscriptions, const core::Clock& clock);

// Writes revocations, and forgets those that expired before `when`; queued in the transaction.
void saveRevocations(postgres::Transaction& transaction, const std::vector<auth::Revocation>& revocations,
                     core::Instant when);

// Keeps an opaque token; queued in the transaction. What it stands for is the payload of a signed token.
void saveOpaqueToken(postgres::Transaction& transaction, const std::string& fingerprint, const core::Json& payload,
                     core::Instant expiresAt);

// Looks at the table every second, on a session of its own, and keeps the memory of this instance up to date. While the
// database cannot be reached, what is known stays known.
class RevocationsWatch {
  public:
    // All outlive it.
    RevocationsWatch(std::string databaseUrl, std::string schema, auth::Revocations& revocations,
                     const core::Clock& clock);
    ~RevocationsWatch();
    // Reads all there is, then goes on in a thread.
    void start();
    void stop();

  private:
    void look();
    void run();

    const std::string databaseUrl_;
    const std::string schema_;
    auth::Revocations& revocations_;
    const core::Clock& clock_;
    std::unique_ptr<postgres::Connection> session_;
    core::Instant seenUntil_{};
    std::mutex mutex_;
    std::condition_variable ended_;
    bool stopping_ = false;
    std::thread thread_;
};

// Opaque tokens of the table. One that was made a moment ago by another service may still be on its way: it is waited for
// a little, by a few requests at a time.
class StoredOpaqueTokens final : public auth::OpaqueTokens {
  public:
    StoredOpaqueTokens(postgres::Pool& pool, auth::TokenParties parties, const core::Clock& clock)
        : pool_(pool), parties_(std::move(parties)), clock_(clock) {}
    std::shared_ptr<const auth::Principal> find(std::string_view token) override;

  private:
    std::shared_ptr<const auth::Principal> look(const std::string& fingerprint);

    postgres::Pool& pool_;
    const auth::TokenParties parties_;
    const core::Clock& clock_;
    std::atomic<int> waiting_{0};
};

}  // namespace histologe::service
