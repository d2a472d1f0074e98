// The one file that includes Pistache. Of Pistache it uses the reactor (epoll and its threads) and the table of peers;
// neither its parser, nor its write queue, nor its response writer: see the measured defects that led to this.
#include "libs/http/transport.hpp"

#include <stdexcept>
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

constexpr const char* kConnection = "c";

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
    ReadingTransport() : Transport(std::make_shared<NoInput>()) {}
    ~ReadingTransport() override { closeAll(); }

    void onReady(const Pistache::Aio::FdSet& ready) override {
        for (const auto& entry : ready) {
            const auto tag = entry.getTag();
            const auto place = peers.find(static_cast<Pistache::Fd>(tag.value()));
            if (place != peers.end()) {
                read(place->second);
            } else {
                passOn(tag);
            }
        }
    }

    // After the threads have ended: Pistache does not close what is left.
    void closeAll() {
        for (const auto& [descriptor, peer] : peers) ::close(descriptor);
        peers.clear();
    }

  private:
    std::shared_ptr<Pistache::Aio::Handler> clone() const override { return std::make_shared<ReadingTransport>(); }

    void read(std::shared_ptr<Pistache::Tcp::Peer> peer) {
        bool isOpen = false;
        try {
            isOpen = std::static_pointer_cast<Connection>(peer->getData(kConnection))->onReadable();
        } catch (const std::exception& error) {
            core::log::error("http_connection_failed", {{"error", error.what()}});
        }
        if (!isOpen) removePeer(peer);
    }

    // New peers and the like, Pistache's own business. An event of a peer removed a moment ago is nobody's: the base
    // class throws, which must not end the thread.
    void passOn(Pistache::Polling::Tag tag) {
        Pistache::Polling::Event event(tag);
        event.flags = Pistache::Flags<Pistache::Polling::NotifyOn>(Pistache::Polling::NotifyOn::Read);
        std::vector<Pistache::Polling::Event> one{event};
        try {
            Transport::onReady(Pistache::Aio::FdSet(std::move(one)));
        } catch (const std::exception& error) {
            core::log::debug("http_stray_event", {{"error", error.what()}});
        }
    }
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
    const auto peer = Pistache::Tcp::Peer::Create(descriptor, Pistache::Address());
    peer->putData(kConnection, connection);
    state_->transports[static_cast<std::size_t>(descriptor) % state_->transports.size()]->handleNewPeer(peer);
}

void Transport::stop() {
    if (!state_->reactor) return;
    if (state_->isRunning) state_->reactor->shutdown();
    state_->reactor.reset();  // joins its threads
    for (const auto& transport : state_->transports) transport->closeAll();
    state_->transports.clear();
}

}  // namespace histologe::http
