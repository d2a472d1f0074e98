// A bounded set of sessions, lent one at a time.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "libs/postgres/connection.hpp"

namespace histologe::postgres {

struct PoolSettings {
    std::string url;
    std::string schema;
    std::size_t size = 8;                                   // measured best on two cores: 8 to 16
    std::chrono::milliseconds patience{2000};               // how long a caller waits for a free session
};

// Lends sessions; a lost one is replaced at the next loan. Any thread may call it.
class Pool {
  public:
    explicit Pool(PoolSettings settings);

    // A session on loan: given back when destroyed.
    class Lease {
      public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection) : pool_(&pool), connection_(std::move(connection)) {}
        Lease(Lease&&) = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }

      private:
        Pool* pool_;
        std::unique_ptr<Connection> connection_;
    };

    // Throws core::Error (Unavailable) when every session stays busy for the whole patience, SqlError (08006) when the
    // server cannot be reached.
    Lease acquire();

    [[nodiscard]] std::size_t size() const { return settings_.size; }
    [[nodiscard]] std::size_t inUse() const;

  private:
    friend class Lease;
    void giveBack(std::unique_ptr<Connection> connection);

    PoolSettings settings_;
    mutable std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t lent_ = 0;
};

}  // namespace histologe::postgres
