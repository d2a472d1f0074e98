// The defect that made us write our own layer over Pistache: an answer delivered to another client. Clients that send
// and leave, clients that say nothing and must hear nothing, and clients that must hear only their own answer.
#include <atomic>
#include <mutex>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/conformance/harness.hpp"

using namespace histologe::http;
using namespace histologe::http::conformance;
using namespace std::chrono_literals;
using testing::RawClient;

namespace {

using Clock = std::chrono::steady_clock;

struct Counts {
    std::atomic<long> left{0};      // requests sent by clients that did not wait
    std::atomic<long> silent{0};    // clients that said nothing
    std::atomic<long> heard{0};     // of them, those that received something
    std::atomic<long> answered{0};  // requests of the clients that wait
    std::atomic<long> wrong{0};     // answered with somebody else's answer, or not at all
    std::atomic<bool> isOver{false};
    std::mutex mutex;
    std::string firstWrong;  // what the first wrong answer was
};

std::string who(const std::string& name) {
    return "GET /who/" + name + ".json HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

// Sends on a connection of its own and leaves at once: half with an end, half with a reset, some after a breath so that
// the answer meets every moment of the departure.
void leave(std::uint16_t port, int number, Counts& counts) {
    for (long i = 0; !counts.isOver; ++i) {
        try {
            RawClient client(port);
            client.send(who("leaver-" + std::to_string(number) + "-" + std::to_string(i)));
            if (i % 8 == 0) std::this_thread::sleep_for(std::chrono::microseconds(50));
            if (i % 2 == 0) client.reset();
            ++counts.left;
        } catch (const std::runtime_error&) {
            std::this_thread::sleep_for(1ms);  // the port's queue is full for a moment
        }
    }
}

void listen(std::uint16_t port, Counts& counts) {
    while (!counts.isOver) {
        try {
            RawClient client(port);
            if (!client.readAll(1ms).empty()) ++counts.heard;
            client.reset();
            ++counts.silent;
        } catch (const std::runtime_error&) {
            std::this_thread::sleep_for(1ms);
        }
    }
}

void converse(std::uint16_t port, int number, Counts& counts) {
    long i = 0;
    while (!counts.isOver) {
        try {
            RawClient client(port);
            for (int turn = 0; turn < 5 && !counts.isOver; ++turn, ++i) {
                const auto name = "talker-" + std::to_string(number) + "-" + std::to_string(i);
                client.send(who(name));
                const auto answer = client.readAnswer(kSlowness * 10000ms);
                ++counts.answered;
                if (!answer || answer->status != 200 || answer->json().value("name", "") != name) {
                    if (++counts.wrong == 1) {
                        const std::lock_guard lock(counts.mutex);
                        counts.firstWrong =
                            name + ": " + (answer ? std::to_string(answer->status) + " " + answer->body : "nothing");
                    }
                    break;
                }
            }
            client.reset();
        } catch (const std::runtime_error&) {
            std::this_thread::sleep_for(1ms);
        }
    }
}

// Runs until as many clients have left as asked, or the time is over.
void stress(std::uint16_t port, long tries, std::chrono::seconds atMost, Counts& counts) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) threads.emplace_back([&, i] { leave(port, i, counts); });
    for (int i = 0; i < 3; ++i) threads.emplace_back([&] { listen(port, counts); });
    for (int i = 0; i < 2; ++i) threads.emplace_back([&, i] { converse(port, i, counts); });
    const auto until = Clock::now() + atMost;
    while (counts.left + counts.silent < tries && Clock::now() < until) std::this_thread::sleep_for(20ms);
    counts.isOver = true;
    for (auto& thread : threads) thread.join();
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long kTries = 30'000;
constexpr long kTriesBehindGateway = 5'000;
constexpr long kAnswers = 20;  // everything is slow, and those who wait stand behind those who left
#else
constexpr long kTries = 200'000;
constexpr long kTriesBehindGateway = 30'000;
constexpr long kAnswers = 1000;
#endif

}  // namespace

TEST_CASE("no client ever receives another's answer", "[slow]") {
    ServiceProcess service({"io=2", "workers=4", "queue=2000", "deadline=60000"});
    Counts counts;
    stress(service.port(), kTries, kSlowness * 90s, counts);
    WARN(counts.left << " left, " << counts.silent << " silent, " << counts.answered << " answered");
    CHECK(counts.left + counts.silent >= kTries);
    CHECK(counts.left > 1000);
    CHECK(counts.answered > kAnswers);
    CHECK(counts.heard == 0);
    CHECK(counts.firstWrong == "");
    CHECK(counts.wrong == 0);
    CHECK(service.isServing());
    for (const auto until = Clock::now() + kSlowness * 5s; service.openDescriptors() > 60 && Clock::now() < until;)
        std::this_thread::sleep_for(20ms);
    CHECK(service.openDescriptors() <= 60);
}

TEST_CASE("nor behind a gateway that closes its connections when clients leave", "[slow]") {
    ServiceProcess service({"io=2", "workers=4", "queue=2000", "deadline=60000"});
    const Gateway gateway(service.port(), false);
    Counts counts;
    stress(gateway.port(), kTriesBehindGateway, kSlowness * 40s, counts);
    WARN(counts.left << " left, " << counts.silent << " silent, " << counts.answered << " answered");
    CHECK(counts.left > 300);
    CHECK(counts.answered > kAnswers);
    CHECK(counts.heard == 0);
    CHECK(counts.firstWrong == "");
    CHECK(counts.wrong == 0);
    CHECK(service.isServing());
}
