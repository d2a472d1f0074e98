// One client connection: reads requests in order, one in hand at a time, and writes answers through its own descriptor.
//
// The descriptor is a duplicate of the accepted one. A number that this object owns can never be given to another
// client while an answer is on its way, from whatever thread: that is what rules out an answer delivered to the wrong
// client.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "libs/http/message.hpp"
#include "libs/http/request_parser.hpp"

namespace histologe::http {

class Connection;
using SteadyTime = std::chrono::steady_clock::time_point;

// What a connection asks of its server. Called without the connection's lock held unless said.
class ConnectionOwner {
  public:
    virtual ~ConnectionOwner() = default;
    // The largest body accepted for this head. Called with the lock held: must be quick and must not call back.
    virtual std::size_t bodyLimit(const RawRequest& head) = 0;
    // A request is complete. The owner answers with connection->answer(exchange, …), now or later, from any thread.
    virtual void handle(const std::shared_ptr<Connection>& connection, std::uint64_t exchange,
                        RawRequest&& request) = 0;
    // The bytes answering what cannot be understood. Called with the lock held.
    virtual std::string refusal(const ParseFailure& failure) = 0;
    // Bytes are waiting for the client to read. Called with the lock held.
    virtual void needsDraining(const std::shared_ptr<Connection>& connection) = 0;
    // The connection has had its share for now and has more to read: onReadable() is to be called after the others'
    // turn. Called with the lock held.
    virtual void needsTurn(const std::shared_ptr<Connection>& connection) = 0;
    // The connection is being destroyed, its descriptor closed.
    virtual void gone(const Connection* connection) = 0;
};

struct ConnectionLimits {
    std::chrono::milliseconds headerTimeout{10'000};
    std::chrono::milliseconds bodyTimeout{30'000};
    std::chrono::milliseconds idleTimeout{75'000};
    std::chrono::milliseconds writeTimeout{60'000};
    ParserLimits parser;
};

// Safe from any thread: one lock guards all of it, and no handler runs under it.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    // Takes over `descriptor` (the duplicate) and closes it when the last owner lets go.
    Connection(int descriptor, std::string peerAddress, ConnectionLimits limits, ConnectionOwner& owner);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // The socket has something to read. False when the transport may forget the connection: the client sends no more.
    bool onReadable();

    // Writes the answer to the exchange; does nothing when that exchange was answered already. `closes`: nothing
    // follows.
    void answer(std::uint64_t exchange, std::string bytes, bool closes);

    // Writes what waits. True when nothing waits any more (or never will).
    bool flush();

    // Acts on time-outs: 408 for a slow request, a plain close for an idle or unread one. Returns the exchange that is
    // in hand, 0 when there is none: the owner decides about its deadline.
    std::uint64_t checkTime(SteadyTime now);

    // From now on the connection closes as soon as nothing is in hand.
    void closeWhenIdle();
    // Closes now, whatever is in hand.
    void abort();

    [[nodiscard]] const std::string& peerAddress() const noexcept { return peerAddress_; }
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
    [[nodiscard]] bool hasOutput() const;
    [[nodiscard]] bool isClosed() const;

  private:
    enum class Phase { Idle, Head, Body, Busy, Writing, Lingering, Closed };

    using Lock = std::unique_lock<std::mutex>;
    void readAndProcess(Lock& lock);
    bool receive();
    void process(Lock& lock);
    void fail(const ParseFailure& failure);
    void send(std::string_view bytes);
    void settle();
    void afterAnswer();
    void enter(Phase phase);
    void linger();
    void close();

    const int descriptor_;
    const std::string peerAddress_;
    const ConnectionLimits limits_;
    ConnectionOwner& owner_;

    mutable std::mutex mutex_;
    RequestParser parser_;
    std::string input_;
    std::string output_;
    std::size_t outputSent_ = 0;
    SteadyTime deadline_;
    std::uint64_t exchange_ = 0;
    std::size_t lingered_ = 0;
    Phase phase_ = Phase::Idle;
    bool isProcessing_ = false;
    bool isInputOver_ = false;
    bool closesAfter_ = false;
};

}  // namespace histologe::http
