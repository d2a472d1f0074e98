// A Redis session over hiredis: commands as lists of binary-safe words, one by one or pipelined.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct redisContext;
struct redisReply;

namespace histologe::streams {

// The session is lost or the server did not answer in time: connect again.
class RedisLost : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// One answer. Copies share nothing and are not allowed; elements are views into their parent.
class Reply {
  public:
    explicit Reply(redisReply* owned) : reply_(owned, &Reply::free) {}

    [[nodiscard]] bool isNil() const;
    [[nodiscard]] bool isError() const;
    // The server's error text begins with this word (`NOGROUP`, `NOSCRIPT`, `BUSYGROUP`).
    [[nodiscard]] bool isError(std::string_view word) const;
    [[nodiscard]] std::string text() const;
    [[nodiscard]] long long integer() const;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] Reply operator[](std::size_t element) const;

  private:
    static void free(redisReply* reply);
    static void keep(redisReply*) {}
    Reply(redisReply* element, void (*release)(redisReply*)) : reply_(element, release) {}
    std::unique_ptr<redisReply, void (*)(redisReply*)> reply_;
};

using Command = std::vector<std::string>;

// Not for two threads at once.
class Redis {
  public:
    // `redis://host:port` or `unix:///path`. `patience` bounds connecting and every answer, so it must be longer than any
    // BLOCK asked for. Throws RedisLost.
    explicit Redis(const std::string& url, std::chrono::milliseconds patience = std::chrono::milliseconds(3000));
    ~Redis();
    Redis(const Redis&) = delete;
    Redis& operator=(const Redis&) = delete;

    // Sends one command and waits. Error answers are returned, not thrown.
    Reply run(const Command& command);
    // Sends all, then reads all; one round trip.
    std::vector<Reply> run(const std::vector<Command>& commands);

  private:
    void append(const Command& command);
    Reply read();
    redisContext* context_;
};

}  // namespace histologe::streams
