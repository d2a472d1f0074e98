#include "tools/environment/ports.hpp"

#include <cstring>
#include <fstream>
#include <random>
#include <stdexcept>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace histologe::environment {
namespace {

constexpr int kLowest = 20000;

int lowestEphemeralPort() {
    std::ifstream file("/proc/sys/net/ipv4/ip_local_port_range");
    int lowest = 0;
    return file >> lowest && lowest > kLowest + 1000 ? lowest : 32768;
}

}  // namespace

bool isPortFree(int port) {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0) {
        return false;
    }
    const int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool free =
        bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && listen(listener, 1) == 0;
    close(listener);
    return free;
}

Ports::~Ports() {
    for (const int claimed : claims_) {
        close(claimed);
    }
}

// A name in the kernel's abstract socket space belongs to one holder and falls with it, however it ends.
bool Ports::claim(int port) {
    const int holder = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (holder < 0) {
        return false;
    }
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string name = "histologe-port-" + std::to_string(port);
    std::memcpy(address.sun_path + 1, name.data(), name.size());
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
    if (bind(holder, reinterpret_cast<sockaddr*>(&address), length) != 0) {
        close(holder);
        return false;
    }
    claims_.push_back(holder);
    return true;
}

void Ports::keep(int port) {
    claim(port);
}

int Ports::take(int preferred) {
    if (preferred != 0 && isPortFree(preferred) && claim(preferred)) {
        return preferred;
    }
    std::random_device seed;
    std::uniform_int_distribution<int> any(kLowest, lowestEphemeralPort() - 1);
    for (int attempt = 0; attempt < 2000; ++attempt) {
        const int port = any(seed);
        if (claim(port)) {
            if (isPortFree(port)) {
                return port;
            }
            close(claims_.back());
            claims_.pop_back();
        }
    }
    throw std::runtime_error("no free port was found on 127.0.0.1");
}

}  // namespace histologe::environment
