// A small contract, its service, and a client made of a raw socket: what the tests of libs/http share.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "libs/http/server.hpp"

namespace histologe::http::testing {

// The contract of the test service: small operations of every kind.
Contract testContract();

// Answers every operation of testContract(); `later` answers the one of that name, from a thread of its own unless told.
Router testRouter(LaterHandler later = {});

// One answer, taken apart.
struct Answer {
    int status = 0;
    Headers headers;
    std::string body;
    [[nodiscard]] core::Json json() const { return core::Json::parse(body); }
};

// A TCP connection to 127.0.0.1 that sends and reads bytes as they are.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port, int receiveBuffer = 0);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    // False when the other side has closed.
    bool send(std::string_view bytes);
    // Ends the sending half.
    void finishSending();
    // Closes with a reset instead of an end.
    void reset();
    // What comes until the other side closes, nothing comes for that long, or that many bytes have come.
    std::string readAll(std::chrono::milliseconds patience = std::chrono::milliseconds(2000),
                        std::size_t atMost = SIZE_MAX);
    // The next answer, its length taken from Content-Length; empty when none comes in time. `isHead`: no body follows.
    std::optional<Answer> readAnswer(std::chrono::milliseconds patience = std::chrono::milliseconds(3000),
                                     bool isHead = false);
    // True when the other side closes within that time; what comes meanwhile is dropped.
    bool isClosedWithin(std::chrono::milliseconds patience);
    // Bytes that have come and were not read as an answer.
    [[nodiscard]] const std::string& buffered() const { return buffer_; }

  private:
    // False at the end of the stream, or when nothing comes in time.
    bool receive(std::chrono::milliseconds patience);
    int socket_;
    bool isOver_ = false;
    std::string buffer_;
};

// One request on a connection of its own.
Answer ask(std::uint16_t port, std::string_view method, std::string_view target, std::string_view body = {},
           std::string_view extraHeaders = {});

// The server of testContract() with these settings, started on a free port.
struct TestService {
    explicit TestService(ServerSettings settings = {}, ServerHooks hooks = {}, LaterHandler later = {});
    core::Metrics metrics;
    Server server;
    [[nodiscard]] std::uint16_t port() const { return server.port(); }
};

}  // namespace histologe::http::testing
