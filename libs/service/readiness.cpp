#include "libs/service/readiness.hpp"

#include "libs/streams/redis.hpp"

namespace histologe::service {
namespace {

const postgres::Statement kPing{"readiness_ping", "SELECT 1"};

}  // namespace

Readiness::Readiness(Settings settings, std::vector<postgres::Migration> migrations)
    : settings_(std::move(settings)), migrations_(std::move(migrations)) {}

std::string Readiness::database() {
    const std::lock_guard lock(mutex_);
    try {
        if (!connection_ || !connection_->isAlive()) {
            connection_ = std::make_unique<postgres::Connection>(settings_.databaseUrl, settings_.service,
                                                                 std::chrono::seconds(1));
        }
        if (!migrated_) migrated_ = postgres::isMigrated(*connection_, migrations_);
        if (!migrated_) return "migrations are missing: run `migrate`";
        connection_->run(kPing);
        return "";
    } catch (const postgres::SqlError& error) {
        return "PostgreSQL does not answer (" + error.sqlState() + ")";
    }
}

std::string Readiness::redis() {
    try {
        streams::Redis redis(settings_.redisUrl, std::chrono::milliseconds(500));
        return redis.run({"PING"}).text() == "PONG" ? "" : "Redis does not answer";
    } catch (const streams::RedisLost&) {
        return "Redis does not answer";
    }
}

}  // namespace histologe::service
