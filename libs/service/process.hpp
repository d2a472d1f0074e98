// The life of a service's process: configured, migrated, serving, drained. A service is what it adds to this.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "libs/auth/authenticator.hpp"
#include "libs/core/clock.hpp"
#include "libs/core/metrics.hpp"
#include "libs/http/router.hpp"
#include "libs/postgres/migrations.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/service/revocations.hpp"
#include "libs/service/settings.hpp"
#include "libs/streams/backlog.hpp"
#include "libs/streams/consumer.hpp"
#include "libs/streams/outbox.hpp"

namespace histologe::service {

// A thing with threads of its own that runs while the service does.
class Worker {
  public:
    virtual ~Worker() = default;
    virtual void start() = 0;
    // Finishes what is in hand and joins; called once, also when start() was not.
    virtual void stop() = 0;
};

// What a service builds itself with. Everything here outlives the handlers and workers that the service adds.
class Process {
  public:
    explicit Process(Settings settings);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    [[nodiscard]] const Settings& settings() const { return settings_; }
    [[nodiscard]] const core::Clock& clock() const { return clock_; }
    [[nodiscard]] core::Metrics& metrics() { return metrics_; }
    [[nodiscard]] postgres::Pool& pool() { return pool_; }
    [[nodiscard]] streams::Outbox& outbox() { return outbox_; }
    // What the other services have still to apply of what this one said.
    [[nodiscard]] streams::Backlog& backlog() { return backlog_; }

    // What asks for access tokens before the operations; for ports of the service's own that need it too.
    [[nodiscard]] http::Authenticator& authenticator() { return authenticator_; }

    // Handlers of the operations whose `x-service` is this service.
    [[nodiscard]] http::Router& router() { return router_; }
    // What it hears; declare causes before consequences.
    [[nodiscard]] streams::Subscriptions& subscriptions() { return subscriptions_; }
    // Started after the consumer, stopped in reverse order.
    Worker& add(std::unique_ptr<Worker> worker);
    // Called on the consumer's thread after each commit, beside the relay's bell.
    void afterEvents(std::function<void()> wake);
    // Objects that handlers refer to, kept until the process ends.
    template <typename Kept>
    Kept& keep(std::unique_ptr<Kept> object) {
        auto& reference = *object;
        kept_.push_back(std::shared_ptr<void>(std::move(object)));
        return reference;
    }

    // Serves until SIGTERM or SIGINT, then: not ready, stop accepting, finish what is in hand, release the locks. Returns
    // the exit code.
    int serve(const std::vector<postgres::Migration>& migrations);

  private:
    Settings settings_;
    core::SystemClock clock_;
    core::Metrics metrics_;
    auth::KeyRing keys_;
    postgres::Pool pool_;
    auth::Revocations revocations_;
    StoredOpaqueTokens opaqueTokens_;
    auth::BearerAuthenticator authenticator_;
    streams::RelayBell bell_;
    streams::Backlog backlog_;
    streams::Outbox outbox_;
    http::Router router_;
    streams::Subscriptions subscriptions_;
    std::vector<std::shared_ptr<void>> kept_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<std::function<void()>> wakes_;
};

// What a service is made of.
struct Program {
    std::string name;
    std::vector<postgres::Migration> migrations;
    // Reads the service's own variables and returns the function that builds the service on a Process.
    std::function<std::function<void(Process&)>(core::Config&)> configure;
};

// `<program>` serves; `<program> migrate` applies the migrations and ends; `<program> --print-config` prints the
// configuration, secrets masked, and ends. A wrong configuration ends with status 2 and one line on standard error.
int run(int argc, char** argv, const Program& program);

}  // namespace histologe::service
