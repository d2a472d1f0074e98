#include "libs/http/acceptor.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/log.hpp"

namespace histologe::http {
namespace {

constexpr int kBacklog = 1024;

std::string addressText(const sockaddr_storage& address) {
    char text[INET6_ADDRSTRLEN] = "";
    if (address.ss_family == AF_INET6) {
        inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text, sizeof text);
    } else {
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text, sizeof text);
    }
    return text;
}

std::uint16_t boundPort(int descriptor) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(address).sin6_port
                                               : reinterpret_cast<sockaddr_in&>(address).sin_port);
}

[[noreturn]] void failToListen(const std::string& host, std::uint16_t port, const char* why) {
    throw std::runtime_error("cannot listen on " + host + ":" + std::to_string(port) + ": " + why);
}

}  // namespace

Acceptor::Acceptor(const std::string& host, std::uint16_t port, OnClient onClient) : onClient_(std::move(onClient)) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found); error != 0) {
        failToListen(host, port, gai_strerror(error));
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, &freeaddrinfo);
    listening_ = ::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listening_ < 0) failToListen(host, port, strerror(errno));
    const int yes = 1;
    setsockopt(listening_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (::bind(listening_, found->ai_addr, found->ai_addrlen) != 0 || ::listen(listening_, kBacklog) != 0) {
        const int error = errno;
        ::close(listening_);
        failToListen(host, port, strerror(error));
    }
    port_ = boundPort(listening_);
    wake_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake_ < 0) {
        ::close(listening_);
        failToListen(host, port, "no descriptor left");
    }
}

Acceptor::~Acceptor() {
    stop();
    ::close(wake_);
}

void Acceptor::start() {
    thread_ = std::thread([this] { run(); });
    pthread_setname_np(thread_.native_handle(), "http-accept");
}

void Acceptor::stop() {
    if (thread_.joinable()) {
        eventfd_write(wake_, 1);
        thread_.join();
    }
    if (listening_ >= 0) ::close(std::exchange(listening_, -1));
}

void Acceptor::run() {
    using namespace std::chrono_literals;
    auto lastComplaint = std::chrono::steady_clock::time_point::min();
    bool isShort = false;  // of descriptors: look again a little later instead of spinning
    while (true) {
        pollfd watched[] = {{wake_, POLLIN, 0}, {listening_, static_cast<short>(isShort ? 0 : POLLIN), 0}};
        if (::poll(watched, 2, isShort ? 50 : -1) < 0 && errno != EINTR) return;
        if (watched[0].revents != 0) return;
        isShort = false;
        while (true) {
            sockaddr_storage address{};
            socklen_t size = sizeof address;
            const int descriptor =
                ::accept4(listening_, reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (descriptor >= 0) {
                const int yes = 1;
                setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                onClient_(descriptor, addressText(address));
                continue;
            }
            if (errno == EINTR || errno == ECONNABORTED) continue;
            if (errno != EAGAIN && errno != EWOULDBLOCK) {
                isShort = true;
                const auto now = std::chrono::steady_clock::now();
                if (now - lastComplaint > 10s) {
                    lastComplaint = now;
                    core::log::warning("http_accept_failed", {{"error", strerror(errno)}});
                }
            }
            break;
        }
    }
}

}  // namespace histologe::http
