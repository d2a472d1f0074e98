#include "libs/postgres/pool.hpp"

namespace histologe::postgres {

Pool::Pool(PoolSettings settings) : settings_(std::move(settings)) {}

Pool::Lease Pool::acquire() {
    std::unique_ptr<Connection> connection;
    {
        std::unique_lock lock(mutex_);
        if (!freed_.wait_for(lock, settings_.patience, [&] { return lent_ < settings_.size; })) {
            throw core::Error(core::ErrorKind::Unavailable, "service_sature",
                              "Le service est très sollicité. Réessayez dans un instant.", {}, "no free session");
        }
        ++lent_;
        if (!idle_.empty()) {
            connection = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    // After a restart of the server every idle session is dead: each would cost a request its answer.
    if (!connection || !connection->isQuiet()) {
        connection.reset();
        try {
            connection = std::make_unique<Connection>(settings_.url, settings_.schema);
        } catch (...) {
            giveBack(nullptr);
            throw;
        }
    }
    return {*this, std::move(connection)};
}

std::size_t Pool::inUse() const {
    const std::lock_guard lock(mutex_);
    return lent_;
}

void Pool::giveBack(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock(mutex_);
        --lent_;
        if (connection && connection->isAlive()) idle_.push_back(std::move(connection));
    }
    freed_.notify_one();
}

Pool::Lease::~Lease() {
    if (connection_) pool_->giveBack(std::move(connection_));
}

}  // namespace histologe::postgres
