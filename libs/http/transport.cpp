// The one file that includes Pistache. Of Pistache it uses the reactor (epoll and its threads) and the table of peers;
// neither its parser, nor its write queue, nor its response writer: see the measured defects that led to this. Nor its
// mailbox of new peers: it looks for an entry first and empties its bell afterwards, so that what is pushed between the
// two rings unheard, and a client waits until the next one comes.
#include "libs/http/transport.hpp"

#include <stdexcept>
#include <unordered_map>
#include <utility>
#include <vector>

#include <pistache/net.h>
#include <pistache/peer.h>
#include <pistache/reactor.h>
#include <pistache/tcp.h>
#include <pistache/transport.h>
#include <unistd.h>

#include "libs/core/log.hpp"

namespace histologe::http {
namespace {

// Pistache wants a handler of bytes; ours come to the transport itself.
class NoInput final : public Pistache::Tcp::Handler {
  public:
    void onInput(const char*, std::size_t, const std::shared_ptr<Pistache::Tcp::Peer>&) override {}

  private:
    std::shared_ptr<Pistache::Tcp::Handler> clone() const override { return std::make_shared<NoInput>(); }
};

// Hands readable sockets to their connection, which reads through its own descriptor.
class ReadingTransport final : public Pistache::Tcp::Transport {
  public:
    ReadingTransport() : Transport(std::make_shared<NoInput>()), bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
        if (bell_ < 0) throw std::runtime_error("no descriptor left for the HTTP server");
    }
    ~ReadingTransport() override {
        closeAll();
        ::close(bell_);
    }

    void registerPoller(Pistache::Polling::Epoll& poller) override {
        Transport::registerPoller(poller);
        poller.addFd(bell_, Pistache::Flags<Pistache::Polling::NotifyOn>(Pistache::Polling::NotifyOn::Read),
                     Pistache::Polling::Tag(static_cast<std::uint64_t>(bell_)));
    }

    // From any thread.
    void welcome(int descriptor, std::shared_ptr<Connection> connection) {
        {
            const std::lock_guard lock(mutex_);
            arrived_.emplace_back(descriptor, std::move(connection));
        }
        ::eventfd_write(bell_, 1);
    }

    // From any thread. The last event of a closed connection is not lost by it: the socket is shut down, which is
    // another.
    void giveTurn(std::weak_ptr<Connection> connection) {
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(std::move(connection));
        }
        ::eventfd_write(bell_, 1);
    }

    void onReady(const Pistache::Aio::FdSet& ready) override {
        for (const auto& entry : ready) {
            const auto descriptor = static_cast<Pistache::Fd>(entry.getTag().value());
            if (descriptor == bell_) {
                answerBell();
            } else if (const auto place = connections_.find(descriptor); place != connections_.end()) {
                read(descriptor, place->second);
            }
            // Anything else is the last event of a peer removed a moment ago.
        }
    }

    // After the threads have ended: Pistache does not close what is left.
    void closeAll() {
        for (const auto& [descriptor, peer] : peers) ::close(descriptor);
        peers.clear();
        connections_.clear();
        for (const auto& [descriptor, connection] : arrived_) ::close(descriptor);
        arrived_.clear();
    }

  private:
    std::shared_ptr<Pistache::Aio::Handler> clone() const override { return std::make_shared<ReadingTransport>(); }

    void answerBell() {
        eventfd_t rung = 0;
        ::eventfd_read(bell_, &rung);  // first: whoever comes from now on rings again
        std::vector<std::pair<int, std::shared_ptr<Connection>>> arrived;
        std::vector<std::weak_ptr<Connection>> waiting;
        {
            const std::lock_guard lock(mutex_);
            arrived.swap(arrived_);
            waiting.swap(waiting_);
        }
        for (auto& [descriptor, connection] : arrived) add(descriptor, std::move(connection));
        for (const auto& weak : waiting) {
            if (const auto connection = weak.lock()) connection->onReadable();
        }
    }

    void add(int descriptor, std::shared_ptr<Connection> connection) {
        connections_.emplace(descriptor, std::move(connection));
        try {
            // On the reactor's own thread the peer is registered at once.
            handleNewPeer(Pistache::Tcp::Peer::Create(descriptor, Pistache::Address()));
        } catch (const std::exception& error) {
            core::log::error("http_connection_failed", {{"error", error.what()}});
            drop(descriptor);
        }
    }

    void read(int descriptor, std::shared_ptr<Connection> connection) {
        bool isOpen = false;
        try {
            isOpen = connection->onReadable();
        } catch (const std::exception& error) {
            core::log::error("http_connection_failed", {{"error", error.what()}});
            connection->abort();
        }
        if (!isOpen) drop(descriptor);
    }

    // Out of the poller and the tables, and closed; the connection lives on in whoever still answers through it.
    void drop(int descriptor) {
        connections_.erase(descriptor);
        const auto place = peers.find(descriptor);
        if (place == peers.end()) {
            ::close(descriptor);
            return;
        }
        const auto peer = place->second;
        try {
            removePeer(peer);
        } catch (const std::exception& error) {
            core::log::error("http_connection_lost", {{"error", error.what()}});
            ::close(descriptor);  // closing is the last thing that it does
        }
    }

    const int bell_;
    std::mutex mutex_;
    std::vector<std::pair<int, std::shared_ptr<Connection>>> arrived_;
    std::vector<std::weak_ptr<Connection>> waiting_;
    // By the descriptor that Pistache watches; only the reactor's thread uses it.
    std::unordered_map<int, std::shared_ptr<Connection>> connections_;
};

}  // namespace

struct Transport::State {
    unsigned threads;
    std::shared_ptr<Pistache::Aio::Reactor> reactor = Pistache::Aio::Reactor::create();
    Pistache::Aio::Reactor::Key key;
    std::vector<std::shared_ptr<ReadingTransport>> transports;
    bool isRunning = false;
};

Transport::Transport(unsigned threads) : state_(std::make_unique<State>()) {
    if (threads == 0) throw std::invalid_argument("an HTTP server needs at least one I/O thread");
    state_->threads = threads;
    state_->reactor->init(Pistache::Aio::AsyncContext(threads, "http-io"));
    state_->key = state_->reactor->addHandler(std::make_shared<ReadingTransport>());
    for (const auto& handler : state_->reactor->handlers(state_->key)) {
        state_->transports.push_back(std::static_pointer_cast<ReadingTransport>(handler));
    }
}

Transport::~Transport() {
    stop();
}

void Transport::start() {
    state_->reactor->run();
    state_->isRunning = true;
}

void Transport::add(int descriptor, const std::shared_ptr<Connection>& connection) {
    state_->transports[static_cast<std::size_t>(descriptor) % state_->transports.size()]->welcome(descriptor,
                                                                                                  connection);
}

void Transport::giveTurn(const std::shared_ptr<Connection>& connection) {
    state_->transports[static_cast<std::size_t>(connection->descriptor()) % state_->transports.size()]->giveTurn(
        connection);
}

void Transport::stop() {
    if (!state_->reactor) return;
    if (state_->isRunning) state_->reactor->shutdown();
    state_->reactor.reset();  // joins its threads
    for (const auto& transport : state_->transports) transport->closeAll();
    state_->transports.clear();
}

}  // namespace histologe::http
