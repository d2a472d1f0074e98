#include "libs/http/admin_server.hpp"

#include <atomic>
#include <map>
#include <stdexcept>
#include <thread>
#include <utility>

#include <httplib.h>

#include "libs/core/log.hpp"

namespace histologe::http {
namespace {

using core::Json;

constexpr std::size_t kThreads = 2;
constexpr const char* kJson = "application/json; charset=utf-8";

void answer(httplib::Response& response, int status, const Json& document) {
    response.status = status;
    response.set_content(core::dumpJson(document), kJson);
}

}  // namespace

struct AdminServer::State {
    State(std::string givenHost, std::uint16_t givenPort, const core::Metrics& givenMetrics)
        : host(std::move(givenHost)), port(givenPort), metrics(givenMetrics) {}

    const std::string host;
    std::uint16_t port;
    const core::Metrics& metrics;
    const Server* watched = nullptr;
    std::map<std::string, Check> checks;
    std::map<std::string, std::function<Json()>> pages;
    std::atomic<bool> isDraining{false};
    httplib::Server server;
    std::thread thread;

    void setUp();
    void ready(httplib::Response& response) const;
    static void changeLevel(const httplib::Request& request, httplib::Response& response);
};

void AdminServer::State::ready(httplib::Response& response) const {
    bool isReady = !isDraining;
    auto results = Json::object();
    if (isDraining) results["arret"] = "draining";
    for (const auto& [name, check] : checks) {
        std::string failure;
        try {
            failure = check();
        } catch (const std::exception& error) {
            failure = error.what();
        }
        isReady = isReady && failure.empty();
        results[name] = failure.empty() ? "ok" : failure;
    }
    answer(response, isReady ? 200 : 503, {{"status", isReady ? "ok" : "unavailable"}, {"checks", results}});
}

void AdminServer::State::changeLevel(const httplib::Request& request, httplib::Response& response) {
    const auto document = Json::parse(request.body, nullptr, false);
    auto level = core::log::level();
    if (!document.is_object() || !document.value("level", Json()).is_string() ||
        !core::log::parseLevel(document.at("level").get<std::string>(), level)) {
        answer(response, 400, {{"error", "expected {\"level\": \"debug|info|warning|error\"}"}});
        return;
    }
    core::log::setLevel(level);
    core::log::warning("log_level_changed", {{"level", core::log::name(level)}});
    answer(response, 200, {{"level", core::log::name(level)}});
}

void AdminServer::State::setUp() {
    // Two threads: one may wait for a check, the other still speaks. A connection serves one request, so that none
    // holds a thread.
    server.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    server.set_keep_alive_max_count(1);
    server.set_read_timeout(2);
    server.set_write_timeout(2);
    server.set_payload_max_length(4096);
    server.set_tcp_nodelay(true);
    // The library's default shares the port with whoever else asks for it.
    server.set_socket_options([](socket_t descriptor) {
        const int yes = 1;
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    server.set_exception_handler([](const httplib::Request&, httplib::Response& response, std::exception_ptr) {
        answer(response, 500, {{"error", "internal"}});
    });
    server.Get("/health/live", [](const httplib::Request&, httplib::Response& response) {
        answer(response, 200, {{"status", "ok"}});
    });
    server.Get("/health/ready", [this](const httplib::Request&, httplib::Response& response) { ready(response); });
    server.Get("/metrics", [this](const httplib::Request&, httplib::Response& response) {
        response.set_content(metrics.expose(), "text/plain; version=0.0.4; charset=utf-8");
    });
    server.Get("/log-level", [](const httplib::Request&, httplib::Response& response) {
        answer(response, 200, {{"level", core::log::name(core::log::level())}});
    });
    server.Put("/log-level", &State::changeLevel);
    server.Get("/requests", [this](const httplib::Request&, httplib::Response& response) {
        auto list = Json::array();
        for (const auto& one : watched == nullptr ? std::vector<Server::InFlight>{} : watched->inFlight()) {
            list.push_back({{"operation", one.operationId}, {"requestId", one.requestId}, {"ms", one.age.count()}});
        }
        answer(response, 200, {{"requests", list}});
    });
    for (const auto& [path, page] : pages) {
        server.Get(path, [&page = page](const httplib::Request&, httplib::Response& response) {
            answer(response, 200, page());
        });
    }
}

AdminServer::AdminServer(std::string host, std::uint16_t port, const core::Metrics& metrics)
    : state_(std::make_unique<State>(std::move(host), port, metrics)) {}

AdminServer::~AdminServer() {
    stop();
}

void AdminServer::addCheck(std::string name, Check check) {
    state_->checks[std::move(name)] = std::move(check);
}
void AdminServer::watch(const Server& server) {
    state_->watched = &server;
}
void AdminServer::addPage(std::string path, std::function<Json()> page) {
    state_->pages[std::move(path)] = std::move(page);
}
void AdminServer::setDraining() {
    state_->isDraining = true;
}
std::uint16_t AdminServer::port() const noexcept {
    return state_->port;
}

void AdminServer::start() {
    state_->setUp();
    if (state_->port == 0) {
        const int port = state_->server.bind_to_any_port(state_->host);
        if (port <= 0) throw std::runtime_error("cannot listen on " + state_->host);
        state_->port = static_cast<std::uint16_t>(port);
    } else if (!state_->server.bind_to_port(state_->host, state_->port)) {
        throw std::runtime_error("cannot listen on " + state_->host + ":" + std::to_string(state_->port));
    }
    state_->thread = std::thread([this] { state_->server.listen_after_bind(); });
    while (!state_->server.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void AdminServer::stop() {
    if (!state_->thread.joinable()) return;
    state_->server.stop();
    state_->thread.join();
}

}  // namespace histologe::http
