#include "libs/http/server.hpp"

#include <atomic>
#include <csignal>
#include <unordered_map>
#include <utility>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "libs/core/log.hpp"
#include "libs/http/acceptor.hpp"
#include "libs/http/caretaker.hpp"
#include "libs/http/dispatcher.hpp"
#include "libs/http/transport.hpp"
#include "libs/http/worker_pool.hpp"

namespace histologe::http {
namespace {

using namespace std::chrono_literals;

// Descriptors left for the database, files and the rest when connections take all they may.
constexpr std::size_t kOtherDescriptors = 256;

// Asks for as many descriptors as the system gives; a connection costs two.
std::size_t connectionsAffordable() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 256;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    const auto descriptors = static_cast<std::size_t>(limit.rlim_cur);
    return descriptors > 2 * kOtherDescriptors ? (descriptors - kOtherDescriptors) / 2 : descriptors / 4;
}

ConnectionLimits limitsOf(const ServerSettings& settings) {
    return {settings.headerTimeout,
            settings.bodyTimeout,
            settings.idleTimeout,
            settings.writeTimeout,
            {settings.maxTarget, settings.maxHeaderBytes, settings.maxHeaderFields}};
}

}  // namespace

struct Server::State final : public ConnectionOwner, public std::enable_shared_from_this<Server::State> {
    // A request that was handed to the pool. Whoever removes it from the table answers it: the worker, whoever its handler
    // left the answer to, or the caretaker when its time is over.
    struct Pending {
        std::shared_ptr<Connection> connection;
        std::uint64_t exchange = 0;
        std::shared_ptr<Call> call;
        bool isRunning = false;
    };

    class HandlerJob final : public WorkerPool::Job {
      public:
        HandlerJob(State& server, std::uint64_t number) : server_(server), number_(number) {}
        void run() noexcept override { server_.runPending(number_); }

      private:
        State& server_;
        std::uint64_t number_;
    };

    State(ServerSettings given, Contract contract, Router router, core::Metrics& metrics, ServerHooks hooks)
        : settings(std::move(given)),
          dispatcher(settings, std::move(contract), std::move(router), metrics, hooks),
          rejected(
              metrics.counter("histologe_http_rejected_total", "Requests refused for want of a worker or of time.")),
          refused(metrics.counter("histologe_http_connections_refused_total",
                                  "Connections closed for want of descriptors.")),
          pool(settings.workers, settings.queueLimit),
          aside(settings.asideWorkers, settings.queueLimit, WorkerPool::Priority::Low),
          caretaker([this](SteadyTime now) { expire(now); }),
          transport(settings.ioThreads) {
        auto& connections = metrics.gauge("histologe_http_connections", "Open connections.");
        auto& waiting = metrics.gauge("histologe_http_queue_length", "Requests waiting for a worker.");
        auto& inHand = metrics.gauge("histologe_http_requests_in_flight", "Requests being answered by a worker.");
        gauges = std::make_shared<Gauges>();
        gauges->server = this;
        metrics.beforeExposition([&connections, &waiting, &inHand, shared = gauges] {
            const std::lock_guard lock(shared->mutex);
            connections.set(shared->server ? static_cast<double>(shared->server->caretaker.count()) : 0);
            waiting.set(shared->server ? static_cast<double>(shared->server->pool.waiting()) : 0);
            inHand.set(shared->server ? static_cast<double>(shared->server->pendingCount()) : 0);
        });
    }

    ~State() override {
        const std::lock_guard lock(gauges->mutex);
        gauges->server = nullptr;
    }

    // The registry outlives the server and keeps the callback.
    struct Gauges {
        std::mutex mutex;
        State* server = nullptr;
    };

    std::size_t bodyLimit(const RawRequest& head) override { return dispatcher.bodyLimit(head); }
    std::string refusal(const ParseFailure& failure) override { return dispatcher.refuse(failure); }
    void needsDraining(const std::shared_ptr<Connection>& connection) override { caretaker.drain(connection); }
    void needsTurn(const std::shared_ptr<Connection>& connection) override { transport.giveTurn(connection); }
    void gone(const Connection* connection) override { caretaker.forget(connection); }

    void handle(const std::shared_ptr<Connection>& connection, std::uint64_t exchange, RawRequest&& raw) override {
        auto call = dispatcher.begin(std::move(raw), connection->peerAddress());
        if (call.immediate) {
            answer(connection, exchange, call, std::move(*call.immediate));
        } else if (call.operation->where == Router::Where::Inline) {
            auto response = dispatcher.run(call, {});
            answer(connection, exchange, call, std::move(*response));
        } else {
            enqueue(connection, exchange, std::make_shared<Call>(std::move(call)));
        }
    }

    void answer(const std::shared_ptr<Connection>& connection, std::uint64_t exchange, Call& call, Response response) {
        const bool closes = isDraining.load(std::memory_order_relaxed);
        connection->answer(exchange, dispatcher.finish(call, std::move(response), closes), closes || !call.keepsAlive);
    }

    void enqueue(const std::shared_ptr<Connection>& connection, std::uint64_t exchange, std::shared_ptr<Call> call) {
        std::uint64_t number = 0;
        {
            const std::lock_guard lock(mutex);
            number = ++lastNumber;
            pending.emplace(number, Pending{connection, exchange, call, false});
        }
        std::unique_ptr<WorkerPool::Job> job = std::make_unique<HandlerJob>(*this, number);
        auto& lane = call->operation->where == Router::Where::Aside ? aside : pool;
        if (lane.post(job)) return;
        rejected.add();
        if (take(number)) answer(connection, exchange, *call, Dispatcher::overloaded(*call));
    }

    std::optional<Pending> take(std::uint64_t number) {
        const std::lock_guard lock(mutex);
        const auto place = pending.find(number);
        if (place == pending.end()) return std::nullopt;
        auto taken = std::move(place->second);
        pending.erase(place);
        return taken;
    }

    void runPending(std::uint64_t number) noexcept {
        std::shared_ptr<Call> call;
        {
            const std::lock_guard lock(mutex);
            const auto place = pending.find(number);
            if (place == pending.end()) return;  // its time was over before its turn came
            place->second.isRunning = true;
            call = place->second.call;
        }
        // Whoever answers later may do so when the server is gone.
        auto response = dispatcher.run(*call, [weak = weak_from_this(), number, call](const auto& rest) {
            if (const auto server = weak.lock()) server->answerPending(number, *call, server->dispatcher.resume(*call, rest));
        });
        if (response) answerPending(number, *call, std::move(*response));
    }

    void answerPending(std::uint64_t number, Call& call, Response response) {
        if (auto mine = take(number)) answer(mine->connection, mine->exchange, call, std::move(response));
    }

    void expire(SteadyTime now) {
        std::vector<Pending> late;
        {
            const std::lock_guard lock(mutex);
            for (auto place = pending.begin(); place != pending.end();) {
                if (now >= place->second.call->request.deadline) {
                    late.push_back(std::move(place->second));
                    place = pending.erase(place);
                } else {
                    ++place;
                }
            }
        }
        for (auto& one : late) {
            rejected.add();
            // The worker may still be using its call: what is needed of it is copied.
            Call copy;
            copy.request.requestId = one.call->request.requestId;
            copy.request.traceparent = one.call->request.traceparent;
            copy.request.method = one.call->request.method;
            copy.operation = one.call->operation;
            copy.started = one.call->started;
            copy.origin = one.call->origin;
            copy.bytesIn = one.call->bytesIn;
            copy.isHead = one.call->isHead;
            copy.isHttp11 = one.call->isHttp11;
            copy.keepsAlive = false;
            answer(one.connection, one.exchange, copy, Dispatcher::tooLate(copy, one.isRunning));
        }
    }

    void welcome(int descriptor, std::string address) {
        const int own = caretaker.count() < maxConnections ? ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0) : -1;
        if (own < 0) {
            refused.add();
            ::close(descriptor);
            return;
        }
        const auto connection = std::make_shared<Connection>(own, std::move(address), limitsOf(settings), *this);
        caretaker.add(connection);
        transport.add(descriptor, connection);
    }

    std::size_t pendingCount() const {
        const std::lock_guard lock(mutex);
        return pending.size();
    }

    const ServerSettings settings;
    Dispatcher dispatcher;
    core::Counter& rejected;
    core::Counter& refused;
    std::shared_ptr<Gauges> gauges;
    WorkerPool pool;
    WorkerPool aside;
    Caretaker caretaker;
    Transport transport;
    std::unique_ptr<Acceptor> acceptor;
    std::size_t maxConnections = 0;
    std::atomic<bool> isDraining{false};
    bool isStarted = false;
    bool isStopped = false;
    mutable std::mutex mutex;
    std::uint64_t lastNumber = 0;
    std::unordered_map<std::uint64_t, Pending> pending;
};

Server::Server(ServerSettings settings, Contract contract, Router router, core::Metrics& metrics, ServerHooks hooks)
    : state_(std::make_shared<State>(std::move(settings), std::move(contract), std::move(router), metrics, hooks)) {}

Server::~Server() {
    stop(1s);
}

void Server::start() {
    // A client that leaves must be an error of one write, not the end of the process.
    std::signal(SIGPIPE, SIG_IGN);
    state_->maxConnections = std::min(state_->settings.maxConnections, connectionsAffordable());
    state_->acceptor = std::make_unique<Acceptor>(state_->settings.host, state_->settings.port,
                                                  [state = state_.get()](int descriptor, std::string address) {
                                                      state->welcome(descriptor, std::move(address));
                                                  });
    state_->pool.start();
    state_->aside.start();
    state_->caretaker.start();
    state_->transport.start();
    state_->acceptor->start();
    state_->isStarted = true;
    core::log::info("http_listening", {{"host", state_->settings.host}, {"port", port()}});
}

std::uint16_t Server::port() const noexcept {
    return state_->acceptor ? state_->acceptor->port() : 0;
}

bool Server::stop(std::chrono::milliseconds deadline) {
    if (!state_->isStarted || std::exchange(state_->isStopped, true)) return true;
    const auto until = std::chrono::steady_clock::now() + deadline;
    state_->isDraining = true;
    state_->acceptor->stop();
    // A connection leaves the list when its answer is sent and the client has closed, or a little later.
    for (const auto& connection : state_->caretaker.all()) connection->closeWhenIdle();
    while (state_->pendingCount() + state_->caretaker.draining() > 0 && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(5ms);
    }
    const bool isClean = state_->pendingCount() + state_->caretaker.draining() == 0;
    // Requests whose bytes are on their way (a head without its body) are cut: nobody was promised anything.
    while (isClean && state_->caretaker.count() > 0 &&
           std::chrono::steady_clock::now() < std::min(until, until - deadline + 500ms)) {
        std::this_thread::sleep_for(5ms);
    }
    for (const auto& connection : state_->caretaker.all()) connection->abort();
    state_->transport.stop();
    state_->pool.stop();
    state_->aside.stop();
    state_->caretaker.stop();
    return isClean;
}

std::vector<Server::InFlight> Server::inFlight() const {
    const auto now = std::chrono::steady_clock::now();
    std::vector<InFlight> list;
    const std::lock_guard lock(state_->mutex);
    for (const auto& [number, pending] : state_->pending) {
        list.push_back({pending.call->request.operationId, pending.call->request.requestId,
                        std::chrono::duration_cast<std::chrono::milliseconds>(now - pending.call->started)});
    }
    return list;
}

}  // namespace histologe::http
