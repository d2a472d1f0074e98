#include "libs/files/antivirus.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "libs/core/error.hpp"

namespace histologe::files {
namespace {

[[noreturn]] void unavailable(const std::string& why) {
    throw core::Error(core::ErrorKind::Unavailable, "antivirus_injoignable",
                      "Le contrôle des fichiers n'est pas possible pour le moment.", {}, why);
}

class Socket {
  public:
    Socket(const std::string& path, const std::string& host, const std::string& port, std::chrono::seconds patience) {
        if (!path.empty()) {
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
            open(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof(address), patience);
        } else {
            addrinfo hints{};
            hints.ai_socktype = SOCK_STREAM;
            addrinfo* found = nullptr;
            if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) unavailable("no such host");
            const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, &::freeaddrinfo);
            open(found->ai_family, found->ai_addr, found->ai_addrlen, patience);
        }
    }
    ~Socket() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR) continue;
            if (sent <= 0) unavailable(std::strerror(errno));
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    // Up to the zero byte that ends an answer.
    [[nodiscard]] std::string answer() const {
        std::string text;
        std::array<char, 512> piece{};
        while (text.size() < 4096) {
            const auto got = ::recv(descriptor_, piece.data(), piece.size(), 0);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) break;
            text.append(piece.data(), static_cast<std::size_t>(got));
            if (const auto end = text.find('\0'); end != std::string::npos) return text.substr(0, end);
        }
        unavailable("no whole answer");
    }

  private:
    void open(int family, const sockaddr* address, socklen_t length, std::chrono::seconds patience) {
        descriptor_ = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const timeval limit{static_cast<time_t>(patience.count()), 0};
        const bool ready = descriptor_ >= 0 &&
                           ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)) == 0 &&
                           ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit)) == 0 &&
                           ::connect(descriptor_, address, length) == 0;
        if (ready) return;
        const std::string why = std::strerror(errno);
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = -1;
        unavailable(why);
    }

    int descriptor_ = -1;
};

}  // namespace

Antivirus::Antivirus(std::string address, std::chrono::seconds patience) : patience_(patience) {
    if (address.starts_with("unix:")) {
        path_ = address.substr(5);
        if (path_.empty() || path_.size() >= sizeof(sockaddr_un::sun_path)) {
            throw std::invalid_argument("the antivirus' socket has no path, or one that is too long");
        }
        return;
    }
    const auto colon = address.rfind(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == address.size()) {
        throw std::invalid_argument("the antivirus is at unix:/path or host:port");
    }
    host_ = address.substr(0, colon);
    port_ = address.substr(colon + 1);
}

Verdict Antivirus::scan(const Source& source) const {
    const Socket socket(path_, host_, port_, patience_);
    socket.send({"zINSTREAM\0", 10});
    source([&socket](std::string_view bytes) {
        if (bytes.empty()) return;  // a piece of no bytes would end the stream
        const auto length = htonl(static_cast<std::uint32_t>(bytes.size()));
        socket.send({reinterpret_cast<const char*>(&length), sizeof(length)});
        socket.send(bytes);
    });
    socket.send({"\0\0\0\0", 4});
    const auto answer = socket.answer();
    constexpr std::string_view kPrefix = "stream: ";
    constexpr std::string_view kFound = " FOUND";
    if (answer == "stream: OK") return {};
    if (answer.starts_with(kPrefix) && answer.ends_with(kFound) && answer.size() > kPrefix.size() + kFound.size()) {
        return {answer.substr(kPrefix.size(), answer.size() - kPrefix.size() - kFound.size())};
    }
    unavailable("no verdict");
}

bool Antivirus::answers() const noexcept {
    try {
        const Socket socket(path_, host_, port_, patience_);
        socket.send({"zPING\0", 6});
        return socket.answer() == "PONG";
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace histologe::files
