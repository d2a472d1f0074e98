// Idempotency-Key answers in PostgreSQL, shared by all instances of a service.
#pragma once

#include "libs/core/clock.hpp"
#include "libs/http/hooks.hpp"
#include "libs/postgres/pool.hpp"

namespace histologe::service {

// Keeps an answer for 24 hours; a key that was begun and never completed is free again after a minute.
class PostgresIdempotencyStore final : public http::IdempotencyStore {
  public:
    PostgresIdempotencyStore(postgres::Pool& pool, const core::Clock& clock) : pool_(pool), clock_(clock) {}
    Begin begin(const std::string& operationId, const std::string& key, const std::string& fingerprint) override;
    void complete(const std::string& operationId, const std::string& key, const std::string& fingerprint,
                  const http::Response& response) override;
    void abandon(const std::string& operationId, const std::string& key) override;
    // Removes answers that are too old to be given again, at most `most`; how many there were.
    int forget(int most);

  private:
    postgres::Pool& pool_;
    const core::Clock& clock_;
};

}  // namespace histologe::service
