// Hostile and unlucky clients: nobody else may suffer, and the service must come back to where it was.
#include <atomic>
#include <csignal>
#include <thread>

#include <catch2/catch.hpp>
#include <sys/resource.h>

#include "tests/conformance/harness.hpp"

using namespace histologe::http;
using namespace histologe::http::conformance;
using namespace std::chrono_literals;
using testing::RawClient;

namespace {

using Clock = std::chrono::steady_clock;

std::string get(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

// The worst time that a new client waited, over a while.
std::chrono::milliseconds worstWait(std::uint16_t port, std::chrono::milliseconds duration) {
    auto worst = 0ms;
    for (const auto until = Clock::now() + duration; Clock::now() < until;) {
        const auto start = Clock::now();
        if (!isServed(port, kSlowness * 3000ms)) return kSlowness * 3000ms;
        worst = std::max(worst, std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start));
        std::this_thread::sleep_for(5ms);
    }
    return worst;
}

// Waits until the service holds about as many descriptors as before.
bool comesBackTo(const ServiceProcess& service, std::size_t descriptors,
                 std::chrono::milliseconds patience = kSlowness * 15000ms) {
    for (const auto until = Clock::now() + patience; Clock::now() < until; std::this_thread::sleep_for(20ms)) {
        if (service.openDescriptors() <= descriptors + 2) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("clients that do not read cost nobody else anything", "[slow]") {
    ServiceProcess service({"write=" + std::to_string(kSlowness * 2000)});
    const auto before = service.openDescriptors();
    {
        std::vector<std::unique_ptr<RawClient>> readers;
        for (int i = 0; i < 4; ++i) {
            readers.push_back(std::make_unique<RawClient>(service.port(), 4096));
            readers.back()->send(get("/big?bytes=20000000"));
        }
        std::this_thread::sleep_for(200ms);
        const auto cpu = service.cpuSeconds();
        CHECK(worstWait(service.port(), 1000ms) < kSlowness * 1000ms);
        CHECK(service.cpuSeconds() - cpu < kSlowness * 0.5);
        // One starts to read late and gets everything; the others are given up.
        auto& late = *readers.front();
        const auto answer = late.readAnswer(kSlowness * 5000ms);
        REQUIRE(answer);
        CHECK(answer->body.size() == 20000000);
        CHECK(comesBackTo(service, before + 2, kSlowness * 4000ms));
    }
    CHECK(comesBackTo(service, before));
    CHECK(service.isServing());
}

TEST_CASE("clients that leave in the middle of an answer are forgotten") {
    ServiceProcess service({"queue=1000", "deadline=60000"});
    const auto before = service.openDescriptors();
    for (int i = 0; i < (kSlowness > 1 ? 60 : 300); ++i) {
        RawClient client(service.port());
        client.send(get("/big?bytes=3000000"));
        if (i % 3 == 0) std::this_thread::sleep_for(1ms);
        if (i % 2 == 0) client.reset();
    }
    CHECK(service.isServing());
    CHECK(comesBackTo(service, before));
}

TEST_CASE("slow clients are answered 408 and closed, silent ones closed", "[slow]") {
    ServiceProcess service({"header=600", "body=600", "idle=900"});
    const auto isCut = [&](RawClient& client, int status) {
        const auto start = Clock::now();
        const auto answer = client.readAnswer(3000ms);
        if (status == 0 ? answer.has_value() : (!answer || answer->status != status)) return false;
        return client.isClosedWithin(3500ms) && Clock::now() - start < 4000ms;
    };
    RawClient silent(service.port());
    CHECK(isCut(silent, 0));
    RawClient line(service.port());
    line.send("GET /hel");
    CHECK(isCut(line, 408));
    RawClient body(service.port());
    body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
    CHECK(isCut(body, 408));
    RawClient idle(service.port());
    idle.send(get("/hello"));
    REQUIRE(idle.readAnswer());
    CHECK(isCut(idle, 0));
    // A byte now and then does not buy time.
    RawClient drip(service.port());
    const auto start = Clock::now();
    for (const char c : get("/hello")) {
        if (!drip.send(std::string(1, c))) break;
        std::this_thread::sleep_for(100ms);
        if (Clock::now() - start > 3s) break;
    }
    const auto answer = drip.readAnswer(100ms);
    REQUIRE(answer);
    CHECK(answer->status == 408);
    CHECK(service.isServing());
}

TEST_CASE("thousands of idle connections are held and given back", "[slow]") {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    const auto count = std::min<std::size_t>(9000, (limit.rlim_max - 500) / 2);
    ServiceProcess service({"header=120000"});  // a slow machine may take a while to open them all
    const auto before = service.openDescriptors();
    const auto memory = service.residentKilobytes();
    {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (std::size_t i = 0; i < count; ++i) {
            clients.push_back(std::make_unique<RawClient>(service.port()));
            if (i % 500 == 0) REQUIRE(isServed(service.port()));
        }
        const auto perConnection = (service.residentKilobytes() - memory) * 1024 / count;
        WARN(count << " idle connections, " << perConnection << " bytes each");
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        CHECK(perConnection < 8192);
#endif
        CHECK(worstWait(service.port(), 1000ms) < kSlowness * 1000ms);
        CHECK(service.openDescriptors() >= 2 * count);
    }
    CHECK(comesBackTo(service, before));
    CHECK(service.isServing());
}

TEST_CASE("out of descriptors the service neither spins nor forgets those it serves") {
    ServiceProcess service({}, 400);
    const auto before = service.openDescriptors();
    RawClient first(service.port());
    first.send(get("/hello"));
    REQUIRE(first.readAnswer());
    {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 500; ++i) clients.push_back(std::make_unique<RawClient>(service.port()));
        std::this_thread::sleep_for(300ms);
        const auto cpu = service.cpuSeconds();
        std::this_thread::sleep_for(1000ms);
        CHECK(service.cpuSeconds() - cpu < 0.2);
        first.send(get("/hello-pool"));
        CHECK(first.readAnswer().value_or(testing::Answer()).status == 200);
        CHECK(service.openDescriptors() < 400);
    }
    CHECK(comesBackTo(service, before + 2));
    CHECK(service.isServing());
}

TEST_CASE("a client that never stops asking does not keep the others waiting") {
    ServiceProcess service;
    std::atomic<bool> isOver{false};
    std::atomic<long> received{0};
    RawClient flood(service.port());
    std::string many;
    for (int i = 0; i < 200; ++i) many += get("/hello");
    std::thread sending([&] {
        while (!isOver && flood.send(many)) {
        }
    });
    std::thread reading([&] {
        while (!isOver) received += static_cast<long>(flood.readAll(20ms, 1'000'000).size());
    });
    std::this_thread::sleep_for(200ms);
    const auto worst = worstWait(service.port(), 1500ms);
    isOver = true;
    reading.join();
    flood.finishSending();
    sending.join();
    CHECK(received > 1'000'000);
    CHECK(worst < kSlowness * 1000ms);
    CHECK(service.isServing());
}

// Pistache's own mailbox forgets a client that comes while it looks at the one before: it would wait for the next to
// come.
TEST_CASE("clients that come at the same moment are all served") {
    ServiceProcess service;
    long unserved = 0;
    long rounds = 0;
    for (const auto until = Clock::now() + 2s; Clock::now() < until; ++rounds) {
        RawClient first(service.port());
        for (const auto later = Clock::now() + std::chrono::nanoseconds(rounds % 50 * 1000); Clock::now() < later;) {
        }
        RawClient second(service.port());
        second.send(get("/hello"));
        first.send(get("/hello"));
        if (!second.readAnswer(1000ms)) ++unserved;
        if (!first.readAnswer(1000ms)) ++unserved;
        first.reset();
        second.reset();
    }
    WARN(rounds << " rounds");
    CHECK(unserved == 0);
}

TEST_CASE("on SIGTERM what is in hand is finished, nothing new is taken, and the end is clean") {
    ServiceProcess service;
    RawClient slow(service.port());
    RawClient idle(service.port());
    RawClient reading(service.port(), 4096);
    idle.send(get("/hello"));
    REQUIRE(idle.readAnswer());
    slow.send(get("/slow?ms=1200"));
    reading.send(get("/big?bytes=8000000"));
    std::this_thread::sleep_for(200ms);
    const auto start = Clock::now();
    service.signal(SIGTERM);
    CHECK(idle.isClosedWithin(1000ms));
    CHECK_THROWS(RawClient(service.port()));
    const auto large = reading.readAnswer(kSlowness * 3000ms);
    REQUIRE(large);
    CHECK(large->body.size() == 8000000);
    const auto answer = slow.readAnswer(kSlowness * 3000ms);
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(answer->headers.get("Connection") == "close");
    CHECK(service.wait(kSlowness * 5000ms) == 0);
    CHECK(Clock::now() - start < kSlowness * 10s);
}

TEST_CASE("an idle service ends at once") {
    ServiceProcess service;
    RawClient idle(service.port());
    const auto start = Clock::now();
    service.signal(SIGTERM);
    CHECK(service.wait(kSlowness * 5000ms) == 0);
    CHECK(Clock::now() - start < kSlowness * 2s);
}
