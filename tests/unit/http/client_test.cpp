#include "libs/http/client.hpp"

#include <atomic>
#include <functional>
#include <thread>

#include <arpa/inet.h>
#include <catch2/catch.hpp>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/error.hpp"
#include "libs/http/admin_server.hpp"
#include "tests/unit/http/fixture.hpp"

using namespace histologe;
using namespace histologe::http;
using namespace histologe::http::testing;
using namespace std::chrono_literals;

namespace {

// Answers each connection with what the script says, as bytes.
class Peer {
  public:
    using Script = std::function<void(int descriptor, int number)>;

    explicit Peer(Script script)
        : script_(std::move(script)), listening_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(listening_, 16);
        getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~Peer() {
        isOver_ = true;
        thread_.join();
        ::close(listening_);
    }
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    [[nodiscard]] int calls() const { return calls_; }
    [[nodiscard]] std::string lastRequest() {
        const std::lock_guard lock(mutex_);
        return lastRequest_;
    }

  private:
    void run() {
        while (!isOver_) {
            pollfd watched{listening_, POLLIN, 0};
            if (::poll(&watched, 1, 20) <= 0) continue;
            const int descriptor = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
            std::string request;
            char bytes[4096];
            while (request.find("\r\n\r\n") == std::string::npos) {
                const auto count = ::recv(descriptor, bytes, sizeof bytes, 0);
                if (count <= 0) break;
                request.append(bytes, static_cast<std::size_t>(count));
            }
            {
                const std::lock_guard lock(mutex_);
                lastRequest_ = request;
            }
            script_(descriptor, ++calls_);
            ::close(descriptor);
        }
    }

    Script script_;
    int listening_;
    std::uint16_t port_ = 0;
    std::atomic<bool> isOver_{false};
    std::atomic<int> calls_{0};
    std::mutex mutex_;
    std::string lastRequest_;
    std::thread thread_;
};

void say(int descriptor, const std::string& text) {
    (void)::send(descriptor, text.data(), text.size(), MSG_NOSIGNAL);
}

const char* kFine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
const char* kBusy = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: 1\r\n\r\n";

struct Caller {
    explicit Caller(const std::string& url, std::chrono::milliseconds deadline = 5s)
        : client(settingsFor(url, deadline), clock) {
        client.sleepWith([this](std::chrono::milliseconds pause) { pauses.push_back(pause); });
    }
    static ClientSettings settingsFor(const std::string& url, std::chrono::milliseconds deadline) {
        ClientSettings settings;
        settings.baseUrl = url;
        settings.totalDeadline = deadline;
        settings.readTimeout = 1s;
        settings.breaker = {3, 10s};
        return settings;
    }
    std::string call(const std::string& method = "GET", bool mayRetry = false) {
        try {
            ClientRequest request;
            request.method = method;
            request.target = "/a?b=c";
            request.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
            request.mayRetry = mayRetry;
            if (method == "POST") {
                request.body = "{}";
                request.contentType = "application/json";
            }
            return std::to_string(client.send(request).status);
        } catch (const core::Error& error) {
            return error.code();
        }
    }
    core::DrivenClock clock{core::Instant(std::chrono::seconds(1'700'000'000))};
    Client client;
    std::vector<std::chrono::milliseconds> pauses;
};

}  // namespace

TEST_CASE("a call passes what it should and gives the answer") {
    Peer peer([](int descriptor, int) { say(descriptor, kFine); });
    Caller caller(peer.url());
    CHECK(caller.call() == "200");
    CHECK(peer.lastRequest().find("GET /a?b=c HTTP/1.1\r\n") == 0);
    CHECK(peer.lastRequest().find("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n") !=
          std::string::npos);
    CHECK(caller.call("POST") == "200");
    CHECK(peer.lastRequest().find("Content-Type: application/json\r\n") != std::string::npos);
}

TEST_CASE("a busy system is asked again after the pause it wants, when that is harmless") {
    Peer peer([](int descriptor, int number) { say(descriptor, number % 3 == 0 ? kFine : kBusy); });
    Caller caller(peer.url());
    CHECK(caller.call() == "200");
    CHECK(peer.calls() == 3);
    REQUIRE(caller.pauses.size() == 2);
    CHECK(caller.pauses[0] == 1s);
    CHECK(caller.call("POST") == "503");
    CHECK(peer.calls() == 4);
    CHECK(caller.call("POST", true) == "200");
}

TEST_CASE("pauses grow and differ") {
    Peer peer([](int, int) {});
    Caller caller(peer.url());
    CHECK(caller.call() == "service_injoignable");
    CHECK(peer.calls() == 3);
    REQUIRE(caller.pauses.size() == 2);
    CHECK(caller.pauses[0] >= 50ms);
    CHECK(caller.pauses[0] <= 100ms);
    CHECK(caller.pauses[1] >= 100ms);
    CHECK(caller.pauses[1] <= 200ms);
}

TEST_CASE("a system that is down is left alone for a while") {
    Caller caller("http://127.0.0.1:1");
    CHECK(caller.call() == "service_injoignable");
    CHECK(caller.client.breakerState() == CircuitBreaker::State::Open);
    const auto pauses = caller.pauses.size();
    CHECK(caller.call() == "service_injoignable");
    CHECK(caller.pauses.size() == pauses);
    caller.clock.advance(10s);
    CHECK(caller.call() == "service_injoignable");
}

TEST_CASE("a system that answers byte by byte does not outlast the deadline") {
    Peer peer([](int descriptor, int) {
        for (int i = 0; i < 40; ++i) {
            say(descriptor, i == 0 ? "HTTP/1.1 200 OK\r\n" : "X: y\r\n");
            std::this_thread::sleep_for(50ms);
        }
    });
    Caller caller(peer.url(), 400ms);
    const auto start = std::chrono::steady_clock::now();
    CHECK(caller.call() == "delai_depasse");
    CHECK(std::chrono::steady_clock::now() - start < 1500ms);
}

TEST_CASE("a line break cannot be smuggled into a call") {
    Caller caller("http://127.0.0.1:1");
    ClientRequest request;
    request.target = "/a HTTP/1.1\r\nX: y";
    CHECK_THROWS_AS(caller.client.send(request), core::Error);
}

TEST_CASE("our client and our server keep a connection open") {
    TestService service;
    core::SystemClock clock;
    ClientSettings settings;
    settings.baseUrl = "http://127.0.0.1:" + std::to_string(service.port());
    Client client(settings, clock);
    for (int i = 0; i < 20; ++i) {
        ClientRequest request;
        request.method = "POST";
        request.target = "/echo";
        request.body = "{\"i\":" + std::to_string(i) + "}";
        request.contentType = "application/json";
        const auto response = client.send(request);
        CHECK(response.status == 200);
        CHECK(response.body == request.body);
    }
    CHECK(service.metrics.expose().find("histologe_http_connections 1") != std::string::npos);
}

TEST_CASE("the private port tells how the service is") {
    TestService service;
    AdminServer admin("127.0.0.1", 0, service.metrics);
    std::string failure;
    admin.addCheck("base", [&] { return failure; });
    admin.addPage("/partitions", [] { return core::Json{{"held", {1, 2}}}; });
    admin.watch(service.server);
    admin.start();
    CHECK(ask(admin.port(), "GET", "/health/live").status == 200);
    CHECK(ask(admin.port(), "GET", "/health/ready").json() ==
          core::Json{{"status", "ok"}, {"checks", {{"base", "ok"}}}});
    failure = "unreachable";
    const auto unready = ask(admin.port(), "GET", "/health/ready");
    CHECK(unready.status == 503);
    CHECK(unready.json()["checks"]["base"] == "unreachable");
    failure.clear();
    ask(service.port(), "GET", "/hello");
    CHECK(ask(admin.port(), "GET", "/metrics").body.find("histologe_http_requests_seconds_count") != std::string::npos);
    CHECK(ask(admin.port(), "PUT", "/log-level", R"({"level":"loud"})").status == 400);
    CHECK(ask(admin.port(), "PUT", "/log-level", R"({"level":"error"})").json()["level"] == "error");
    CHECK(ask(admin.port(), "GET", "/requests").json()["requests"].empty());
    CHECK(ask(admin.port(), "GET", "/partitions").json()["held"] == core::Json({1, 2}));
    AdminServer second("127.0.0.1", admin.port(), service.metrics);
    CHECK_THROWS_AS(second.start(), std::runtime_error);
    admin.setDraining();
    CHECK(ask(admin.port(), "GET", "/health/ready").status == 503);
}
