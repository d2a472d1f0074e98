#include <thread>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "libs/http/circuit_breaker.hpp"
#include "libs/http/etag.hpp"
#include "libs/http/rate_limiter.hpp"
#include "libs/http/trace.hpp"
#include "libs/http/watchdog.hpp"
#include "libs/http/wire.hpp"

using namespace histologe;
using namespace histologe::http;
using namespace std::chrono_literals;

namespace {

core::DrivenClock clockAt(long long seconds) {
    return core::DrivenClock(core::Instant(std::chrono::seconds(seconds)));
}

int statusOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const core::Error& error) {
        return core::httpStatus(error.kind());
    }
    return 200;
}

Request requestWith(const std::string& name, const std::string& value) {
    Request request;
    request.headers.add(name, value);
    return request;
}

}  // namespace

TEST_CASE("a stale version is refused, a current one passes") {
    CHECK(etag(7) == "\"7\"");
    CHECK(statusOf([] { requireMatch(requestWith("If-Match", "\"7\""), "7"); }) == 200);
    CHECK(statusOf([] { requireMatch(requestWith("If-Match", "\"6\", \"7\""), "7"); }) == 200);
    CHECK(statusOf([] { requireMatch(requestWith("If-Match", "*"), "7"); }) == 200);
    CHECK(statusOf([] { requireMatch(requestWith("If-Match", "\"6\""), "7"); }) == 412);
    CHECK(statusOf([] { requireMatch(requestWith("If-Match", "W/\"7\""), "7"); }) == 412);
    CHECK(statusOf([] { requireMatch(Request(), "7"); }) == 400);
    CHECK(statusOf([] { requireMatch(Request(), "7", false); }) == 200);
    CHECK(isNotModified(requestWith("If-None-Match", "W/\"7\""), "7"));
    CHECK_FALSE(isNotModified(requestWith("If-None-Match", "\"8\""), "7"));
    CHECK(notModified("7").status == 304);
}

TEST_CASE("a window admits its limit and starts again") {
    auto clock = clockAt(120);
    RateLimiter limiter(2, 60, clock, 3);
    CHECK(limiter.take("a").remaining == 1);
    CHECK(limiter.take("a").remaining == 0);
    clock.advance(59s);
    const auto refused = limiter.take("a");
    CHECK_FALSE(refused.isAllowed);
    CHECK(refused.resetSeconds == 1);
    CHECK(limiter.take("b").isAllowed);
    clock.advance(1s);
    CHECK(limiter.take("a").isAllowed);
    for (const auto* key : {"c", "d", "e", "f"}) CHECK(limiter.take(key).isAllowed);  // memory is bounded
}

TEST_CASE("a breaker opens after failures in a row and tries again later") {
    auto clock = clockAt(0);
    CircuitBreaker breaker({3, 10s}, clock);
    for (int i = 0; i < 2; ++i) breaker.failed();
    breaker.succeeded();
    for (int i = 0; i < 3; ++i) {
        CHECK(breaker.allow());
        breaker.failed();
    }
    CHECK(breaker.state() == CircuitBreaker::State::Open);
    CHECK_FALSE(breaker.allow());
    clock.advance(10s);
    CHECK(breaker.allow());
    CHECK_FALSE(breaker.allow());  // one trial only
    breaker.failed();
    CHECK_FALSE(breaker.allow());
    clock.advance(10s);
    CHECK(breaker.allow());
    breaker.succeeded();
    CHECK(breaker.state() == CircuitBreaker::State::Closed);
    CHECK(breaker.allow());
}

TEST_CASE("a trace goes on or starts") {
    const std::string received = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    const auto next = continueTrace(received);
    CHECK(isTraceparent(next));
    CHECK(traceIdOf(next) == traceIdOf(received));
    CHECK(next.substr(36, 16) != received.substr(36, 16));
    CHECK(next.ends_with("-00"));
    for (const auto* wrong : {"", "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                              "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                              "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                              "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"}) {
        CHECK_FALSE(isTraceparent(wrong));
        CHECK(isTraceparent(continueTrace(wrong)));
    }
    CHECK(continueTrace("") != continueTrace(""));
    CHECK(isRequestId("a.B_9-"));
    CHECK_FALSE(isRequestId("a b"));
    CHECK_FALSE(isRequestId(std::string(65, 'a')));
}

TEST_CASE("an answer's bytes are framed once and cannot be split") {
    auto response =
        Response::json(200, {{"a", 1}}).header("X-Evil", "a\r\nSet-Cookie: b").header("Content-Length", "999");
    const auto bytes = toWire(response, {});
    CHECK(bytes.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(bytes.find("X-Evil: a  Set-Cookie: b\r\n") != std::string::npos);
    CHECK(bytes.find("Content-Length: 7\r\n") != std::string::npos);
    CHECK(bytes.find("999") == std::string::npos);
    CHECK(bytes.ends_with("\r\n\r\n{\"a\":1}"));
    CHECK(toWire(response, {true, true, false}).ends_with("Connection: close\r\n\r\n"));
    CHECK(toWire(Response::noContent(), {}).find("Content-Length") == std::string::npos);
}

TEST_CASE("a watchdog bites once when time has passed, and not before") {
    Watchdog dog;
    std::atomic<int> bites{0};
    {
        const Watchdog::Leash slow(dog, std::chrono::steady_clock::now() + 10s, [&] { bites += 100; });
        const Watchdog::Leash quick(dog, std::chrono::steady_clock::now() + 20ms, [&] { ++bites; });
        std::this_thread::sleep_for(200ms);
        CHECK(bites == 1);
    }
    std::this_thread::sleep_for(20ms);
    CHECK(bites == 1);
}
