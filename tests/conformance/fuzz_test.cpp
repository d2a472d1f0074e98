// Requests damaged at random: whatever comes, the service answers or closes, and goes on serving.
#include <random>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/conformance/harness.hpp"

using namespace histologe::http;
using namespace histologe::http::conformance;
using namespace std::chrono_literals;
using testing::RawClient;

namespace {

const std::vector<std::string> kSeeds = {
    "GET /search?q=a%20b&type=a&page=2 HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
    "15\r\n\r\n{\"a\":[1,\"\xC3\xA9\"]}\n",
    "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: "
    "chunked\r\n\r\n5\r\n{\"a\":\r\n3;x=y\r\n12}\r\n"
    "0\r\nX-T: 1\r\n\r\n",
    "GET /hello HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\nGET /hello-pool HTTP/1.1\r\nHost: a\r\n\r\n",
    "PUT /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nExpect: 100-continue\r\nContent-Length: "
    "8\r\n\r\n\x89PNG\r\n\x1a\n",
};

const std::vector<std::string> kFragments = {"\r\n",
                                             "\n",
                                             "\r",
                                             ":",
                                             " ",
                                             "\t",
                                             "0",
                                             "-1",
                                             "99999999999999999999",
                                             "Content-Length: 3\r\n",
                                             "Transfer-Encoding: chunked\r\n",
                                             "Host: b\r\n",
                                             "HTTP/1.0",
                                             "%00",
                                             "%",
                                             "..",
                                             "//",
                                             "\"",
                                             "{",
                                             "[[[[",
                                             std::string(1, '\0'),
                                             "\xFF\xFE",
                                             ";",
                                             "0\r\n\r\n",
                                             "Expect: 100-continue\r\n",
                                             std::string(9000, 'a')};

class Mutator {
  public:
    explicit Mutator(unsigned seed) : random_(seed) {}

    std::string next() {
        std::string bytes = kSeeds[pick(kSeeds.size())];
        for (auto times = 1 + pick(4); times > 0; --times) mutate(bytes);
        return bytes;
    }
    std::size_t pick(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

  private:
    void mutate(std::string& bytes) {
        if (bytes.empty()) return;
        const auto at = pick(bytes.size());
        const auto length = std::min(bytes.size() - at, 1 + pick(20));
        switch (pick(6)) {
            case 0:
                bytes[at] = static_cast<char>(pick(256));
                break;
            case 1:
                bytes.erase(at, length);
                break;
            case 2:
                bytes.insert(at, kFragments[pick(kFragments.size())]);
                break;
            case 3:
                bytes.insert(at, bytes.substr(at, length));
                break;
            case 4:
                bytes.resize(at);
                break;
            default:
                std::swap(bytes[at], bytes[pick(bytes.size())]);
                break;
        }
    }
    std::mt19937 random_;
};

// A printable form, to be pasted into a test.
std::string shown(const std::string& bytes) {
    std::string text;
    for (const char c : bytes.substr(0, 2000)) {
        if (c >= ' ' && c < 127) {
            text += c;
        } else {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned char>(c));
            text += escaped;
        }
    }
    return text;
}

}  // namespace

TEST_CASE("damaged requests never stop the service", "[slow]") {
    ServiceProcess service({"header=500", "body=500", "idle=500"});
    Mutator mutator(20261125);
    std::vector<std::string> recent;
    long sent = 0;
    const auto until = std::chrono::steady_clock::now() + 15s;
    while (std::chrono::steady_clock::now() < until) {
        recent.clear();
        for (int i = 0; i < 20; ++i) {
            const auto bytes = mutator.next();
            recent.push_back(bytes);
            RawClient client(service.port());
            // In one piece or cut at a random place.
            const auto cut = mutator.pick(bytes.size() + 1);
            client.send(std::string_view(bytes).substr(0, cut));
            if (mutator.pick(4) == 0) std::this_thread::sleep_for(1ms);
            client.send(std::string_view(bytes).substr(cut));
            if (mutator.pick(3) == 0) client.readAll(2ms);
            if (mutator.pick(3) == 0) client.reset();
            ++sent;
        }
        if (!service.isServing()) {
            std::string culprits;
            for (const auto& bytes : recent) culprits += shown(bytes) + "\n";
            FAIL("not serving any more after one of:\n" << culprits);
        }
    }
    WARN(sent << " damaged requests");
    CHECK(sent > 500);
    const auto deadline = std::chrono::steady_clock::now() + 5s;
    while (service.openDescriptors() > 60 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(50ms);
    CHECK(service.openDescriptors() <= 60);
    const auto cpu = service.cpuSeconds();
    std::this_thread::sleep_for(500ms);
    CHECK(service.cpuSeconds() - cpu < 0.1);
}
