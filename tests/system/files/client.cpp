#include "tests/system/files/client.hpp"

#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace histologe::filestest {

Client::Client(int port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(static_cast<std::uint16_t>(port));
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&place), sizeof(place)) != 0) {
        ::close(descriptor_);
        throw std::runtime_error("nobody listens on port " + std::to_string(port));
    }
    const timeval limit{10, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
}

Client::~Client() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Client::Client(Client&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), received_(std::move(other.received_)) {}

void Client::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto gone = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (gone <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(gone));
    }
}

std::string Client::read() {
    char bytes[4096];
    while (true) {
        if (const auto end = received_.find("\r\n\r\n"); end != std::string::npos) {
            const auto at = received_.find("Content-Length: ");
            const auto size = end + 4 + (at < end ? std::stoul(received_.substr(at + 16)) : 0);
            if (received_.size() >= size) {
                const auto answer = received_.substr(0, size);
                received_.erase(0, size);
                return answer;
            }
        }
        const auto got = ::recv(descriptor_, bytes, sizeof(bytes), 0);
        if (got <= 0) return std::exchange(received_, {});
        received_.append(bytes, static_cast<std::size_t>(got));
    }
}

bool Client::isLeft(int seconds) {
    pollfd wanted{descriptor_, POLLIN, 0};
    char byte = 0;
    return ::poll(&wanted, 1, seconds * 1000) == 1 && ::recv(descriptor_, &byte, 1, MSG_PEEK) <= 0;
}

}  // namespace histologe::filestest
