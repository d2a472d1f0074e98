#include "libs/http/client.hpp"

#include <algorithm>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include <httplib.h>

#include "libs/core/error.hpp"
#include "libs/core/log.hpp"
#include "libs/http/watchdog.hpp"

namespace histologe::http {
namespace {

using core::Error;
using core::ErrorKind;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Idle connections kept for the next calls.
constexpr std::size_t kKeptConnections = 8;

// What one try gave.
struct Attempt {
    std::optional<Response> response;
    bool wasSent = true;     // false: not even connected, so trying again is harmless whatever the method
    bool isTooLate = false;  // the total deadline passed
    std::string error;
};

bool isIdempotent(const std::string& method) {
    return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE" || method == "OPTIONS";
}

bool isWorthRetrying(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
}

void requireOneLine(const std::string& text, const char* what) {
    if (text.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos) return;
    throw Error(ErrorKind::InvalidInput, "appel_invalide", "L'appel à un autre système est mal formé.", {},
                std::string("line break in ") + what);
}

// Whole seconds of a Retry-After; zero for a date, which no system of ours sends.
milliseconds retryAfter(const Response& response) {
    const auto text = std::string(response.headers.get("Retry-After"));
    if (text.empty() || text.size() > 5 || text.find_first_not_of("0123456789") != std::string::npos) return {};
    return std::chrono::seconds(std::stol(text));
}

}  // namespace

struct Client::State {
    State(ClientSettings given, const core::Clock& clock)
        : settings(std::move(given)), breaker(settings.breaker, clock) {}

    const ClientSettings settings;
    CircuitBreaker breaker;
    std::function<void(milliseconds)> sleep = [](milliseconds pause) { std::this_thread::sleep_for(pause); };
    std::mutex mutex;
    std::vector<std::unique_ptr<httplib::Client>> idle;
    std::minstd_rand random{std::random_device{}()};
    Watchdog watchdog;

    std::unique_ptr<httplib::Client> takeConnection() {
        {
            const std::lock_guard lock(mutex);
            if (!idle.empty()) {
                auto connection = std::move(idle.back());
                idle.pop_back();
                return connection;
            }
        }
        auto connection = std::make_unique<httplib::Client>(settings.baseUrl);
        connection->set_keep_alive(true);
        connection->set_tcp_nodelay(true);
        connection->set_follow_location(false);
        connection->enable_server_certificate_verification(true);
        if (!settings.caFile.empty()) connection->set_ca_cert_path(settings.caFile);
        return connection;
    }

    void giveBack(std::unique_ptr<httplib::Client> connection) {
        const std::lock_guard lock(mutex);
        if (idle.size() < kKeptConnections) idle.push_back(std::move(connection));
    }

    // The pause before try number `next` (2 is the first repetition): doubled each time, between half and all of it.
    milliseconds pauseBefore(unsigned next) {
        const auto whole = settings.firstPause * (1U << std::min(next - 2, 10U));
        const std::lock_guard lock(mutex);
        return whole / 2 + whole * std::uniform_int_distribution<int>(0, 500)(random) / 1000;
    }

    Attempt attempt(const ClientRequest& request, steady_clock::time_point deadline);
};

Attempt Client::State::attempt(const ClientRequest& request, steady_clock::time_point deadline) {
    Attempt result;
    // Rounded up, so that a time-out never ends just before the deadline and passes for another failure.
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    if (left.count() <= 0) {
        result.isTooLate = true;
        return result;
    }
    auto connection = takeConnection();
    connection->set_connection_timeout(std::min(settings.connectTimeout, left));
    connection->set_read_timeout(std::min(settings.readTimeout, left));
    connection->set_write_timeout(std::min(settings.readTimeout, left));

    httplib::Request sent;
    sent.method = request.method;
    sent.path = request.target.empty() ? "/" : request.target;
    sent.headers.emplace("User-Agent", "histologe");
    for (const auto& [name, value] : request.headers.all()) sent.headers.emplace(name, value);
    if (!request.traceparent.empty()) sent.headers.emplace("traceparent", request.traceparent);
    if (!request.contentType.empty()) sent.headers.emplace("Content-Type", request.contentType);
    sent.body = request.body;
    std::string body;
    bool isTooLarge = false;
    sent.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) {
        isTooLarge = body.size() + size > settings.maxAnswerBytes;
        if (isTooLarge || steady_clock::now() >= deadline) return false;
        body.append(data, size);
        return true;
    };

    httplib::Response received;
    auto error = httplib::Error::Success;
    bool isDone = false;
    {
        // A system that answers byte by byte keeps within every single time-out: only this ends it.
        const Watchdog::Leash leash(watchdog, deadline, [&connection] { connection->stop(); });
        isDone = connection->send(sent, received, error);
    }
    if (isDone) {
        Response response;
        response.status = received.status;
        for (const auto& [name, value] : received.headers) response.headers.add(name, value);
        response.body = std::move(body);
        result.response = std::move(response);
        giveBack(std::move(connection));
        return result;
    }
    result.isTooLate = steady_clock::now() >= deadline;
    result.wasSent = error != httplib::Error::Connection && error != httplib::Error::ConnectionTimeout &&
                     error != httplib::Error::SSLConnection && error != httplib::Error::SSLServerVerification;
    result.error = isTooLarge ? "answer too large" : httplib::to_string(error);
    return result;
}

Client::Client(ClientSettings settings, const core::Clock& clock)
    : state_(std::make_unique<State>(std::move(settings), clock)) {}

Client::~Client() = default;

Response Client::send(const ClientRequest& request) {
    requireOneLine(request.target, "target");
    for (const auto& [name, value] : request.headers.all()) requireOneLine(name + value, "header");
    const bool mayRepeat = request.mayRetry || isIdempotent(request.method);
    const auto deadline = steady_clock::now() + state_->settings.totalDeadline;
    std::string lastError = "circuit open";
    for (unsigned number = 1;; ++number) {
        if (!state_->breaker.allow()) {
            throw Error(ErrorKind::Unavailable, "service_injoignable",
                        "Un service externe ne répond pas. Réessayez plus tard.", {},
                        state_->settings.baseUrl + ": " + lastError);
        }
        auto result = state_->attempt(request, deadline);
        const bool isAlive = result.response && result.response->status < 500;
        isAlive ? state_->breaker.succeeded() : state_->breaker.failed();
        if (result.response && !isWorthRetrying(result.response->status)) return *std::move(result.response);
        if (!result.response) lastError = result.error;

        auto pause = state_->pauseBefore(number + 1);
        if (result.response) pause = std::max(pause, retryAfter(*result.response));
        const bool isLast = number >= state_->settings.maxTries || (!mayRepeat && result.wasSent) || result.isTooLate ||
                            steady_clock::now() + pause >= deadline;
        if (isLast) {
            if (result.response) return *std::move(result.response);
            if (result.isTooLate) {
                throw Error(ErrorKind::Timeout, "delai_depasse", "Un service externe met trop de temps à répondre.", {},
                            state_->settings.baseUrl);
            }
            throw Error(ErrorKind::Unavailable, "service_injoignable",
                        "Un service externe ne répond pas. Réessayez plus tard.", {},
                        state_->settings.baseUrl + ": " + lastError);
        }
        core::log::debug("http_call_retried",
                         {{"url", state_->settings.baseUrl}, {"try", number}, {"error", result.error}});
        state_->sleep(pause);
    }
}

CircuitBreaker::State Client::breakerState() const {
    return state_->breaker.state();
}

void Client::sleepWith(std::function<void(milliseconds)> sleep) {
    state_->sleep = std::move(sleep);
}

}  // namespace histologe::http
