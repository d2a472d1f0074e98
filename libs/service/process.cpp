#include "libs/service/process.hpp"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <exception>

#include "libs/core/log.hpp"
#include "libs/http/admin_server.hpp"
#include "libs/http/server.hpp"
#include "libs/service/idempotency.hpp"
#include "libs/service/readiness.hpp"
#include "libs/service/travaux.hpp"
#include "libs/streams/relay.hpp"

// Read by jemalloc: few arenas and a quick return of what is not used, since a service is small and mostly idle.
extern "C" {
const char* malloc_conf = "narenas:2,tcache_max:4096,background_thread:true,dirty_decay_ms:1000,muzzy_decay_ms:0";
}

namespace histologe::streams {
std::vector<postgres::Migration> migrations();
}
namespace histologe::service {

std::vector<postgres::Migration> migrations();

namespace {

using namespace std::chrono_literals;

// Blocked in every thread and waited for in one: a signal never interrupts anything in the middle.
sigset_t endSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

http::ServerSettings serverSettings(const Settings& settings) {
    http::ServerSettings server;
    server.host = settings.host;
    server.port = settings.port;
    server.ioThreads = settings.ioThreads;
    server.workers = settings.workers;
    server.asideWorkers = settings.asideWorkers;
    server.allowedOrigins = settings.frontOrigins;
    server.trustForwardedFor = settings.trustForwardedFor;
    server.validateResponses = settings.validateResponses;
    return server;
}

std::vector<postgres::Migration> allMigrations(const std::vector<postgres::Migration>& own) {
    auto all = streams::migrations();
    const auto shared = migrations();
    all.insert(all.end(), shared.begin(), shared.end());
    all.insert(all.end(), own.begin(), own.end());
    return all;
}

// A service with protected operations and no key would refuse everybody, for a reason that nobody would guess.
void requireKeys(const http::Contract& contract, const auth::KeySet& keys) {
    if (!keys.empty()) return;
    for (const auto& operation : contract.operations()) {
        if (operation.scope.empty()) continue;
        throw core::ConfigError("neither HISTOLOGE_AUTH_PUBLIC_KEYS nor HISTOLOGE_AUTH_KEYS_FILE names a key, and " +
                                operation.operationId + " needs access tokens");
    }
}

}  // namespace

Process::Process(Settings settings)
    : settings_(std::move(settings)),
      keys_(settings_.authPublicKeys, settings_.authKeysFile, clock_),
      pool_({settings_.databaseUrl, settings_.service, settings_.databaseSessions, 2000ms}),
      opaqueTokens_(pool_, {settings_.authIssuer, settings_.authAudience}, clock_),
      authenticator_(keys_, {settings_.authIssuer, settings_.authAudience}, clock_, metrics_, &revocations_, &opaqueTokens_),
      outbox_(settings_.service, settings_.partitions, clock_, bell_) {
    auto& inUse = metrics_.gauge("histologe_postgres_sessions_in_use", "sessions lent to requests");
    metrics_.beforeExposition([this, &inUse] { inUse.set(static_cast<double>(pool_.inUse())); });
    hearRevocations(subscriptions_, clock_);
}

Process::~Process() = default;

Worker& Process::add(std::unique_ptr<Worker> worker) {
    workers_.push_back(std::move(worker));
    return *workers_.back();
}

void Process::afterEvents(std::function<void()> wake) { wakes_.push_back(std::move(wake)); }

int Process::serve(const std::vector<postgres::Migration>& migrations) {
    auto signals = endSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    const auto contract = http::Contract::load(settings_.apiDocument).forService(settings_.service);
    requireKeys(contract, *keys_.current());
    PostgresIdempotencyStore idempotency(pool_, clock_);
    Travaux housekeeping("service", {{"idempotence", 1h, [&](core::Instant) { return idempotency.forget(1000); }}}, clock_,
                         metrics_);
    http::ServerHooks hooks;
    hooks.authenticator = &authenticator_;
    hooks.idempotency = &idempotency;
    hooks.clock = &clock_;
    http::Server server(serverSettings(settings_), contract, router_, metrics_, hooks);
    Readiness readiness(settings_, allMigrations(migrations));
    std::atomic<bool> isStarted{false};
    http::AdminServer admin(settings_.host, settings_.adminPort, metrics_);
    admin.addCheck("database", [&] { return readiness.database(); });
    admin.addCheck("redis", [&] { return readiness.redis(); });
    admin.addCheck("start", [&] { return isStarted ? std::string() : "not all of it runs yet"; });
    admin.watch(server);

    streams::Relay relay({settings_.service, settings_.databaseUrl, settings_.redisUrl, settings_.partitions}, bell_,
                         backlog_, clock_, metrics_);
    streams::Consumer consumer({settings_.service, settings_.databaseUrl, settings_.redisUrl, settings_.partitions, 512,
                                settings_.eventTries, settings_.eventFirstRetry},
                               subscriptions_, clock_, metrics_, [this] {
                                   bell_.ring();
                                   for (const auto& wake : wakes_) wake();
                               });
    RevocationsWatch revocations(settings_.databaseUrl, settings_.service, revocations_, clock_);
    admin.start();
    revocations.start();
    relay.start();
    consumer.start();
    for (auto& worker : workers_) worker->start();
    housekeeping.start();
    server.start();
    isStarted = true;
    core::log::info("started", {{"port", static_cast<int>(server.port())}, {"adminPort", static_cast<int>(admin.port())}});

    int received = 0;
    sigwait(&signals, &received);
    core::log::info("stopping", {{"signal", received}});
    admin.setDraining();
    const bool whole = server.stop(8s);
    consumer.stop();
    for (auto worker = workers_.rbegin(); worker != workers_.rend(); ++worker) (*worker)->stop();
    housekeeping.stop();
    relay.stop();
    revocations.stop();
    admin.stop();
    core::log::info("stopped", {{"requestsFinished", whole}});
    return 0;
}

int run(int argc, char** argv, const Program& program) {
    const std::string command = argc > 1 ? argv[1] : "";
    if (argc > 2 || (!command.empty() && command != "migrate" && command != "--print-config")) {
        std::fprintf(stderr, "usage: histologe-%s [migrate | --print-config]\n", program.name.c_str());
        return 2;
    }
    try {
        core::Config config(program.name, core::environment());
        const auto settings = readSettings(config, program.name);
        const auto compose = program.configure(config);
        config.finish();
        core::log::Level level = core::log::Level::Info;
        core::log::parseLevel(settings.logLevel, level);
        core::log::start(program.name, level);
        if (command == "--print-config") {
            std::fputs(config.print().c_str(), stdout);
            return 0;
        }
        if (command == "migrate") {
            postgres::Connection connection(settings.databaseUrl, settings.service);
            postgres::migrate(connection, allMigrations(program.migrations));
            return 0;
        }
        Process process(settings);
        compose(process);
        return process.serve(program.migrations);
    } catch (const core::ConfigError& error) {
        std::fprintf(stderr, "histologe-%s: %s\n", program.name.c_str(), error.what());
        return 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "histologe-%s: cannot start: %s\n", program.name.c_str(), error.what());
        return 1;
    }
}

}  // namespace histologe::service
