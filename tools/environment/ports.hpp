// Free loopback ports that stay free until whoever they are for listens.
#pragma once

#include <vector>

namespace histologe::environment {

// Hands out ports of 127.0.0.1 below the kernel's ephemeral range, so that no outgoing connection of another program
// can take one while its server is down for a moment. As long as this object lives no other one of this machine, in any
// process, hands out the same port.
class Ports {
  public:
    Ports() = default;
    ~Ports();
    Ports(const Ports&) = delete;
    Ports& operator=(const Ports&) = delete;

    // `preferred` when it is free, any free port otherwise (0: no preference). Throws std::runtime_error when none is
    // left.
    int take(int preferred = 0);

    // Keeps others from being handed `port`, which is ours from an earlier run.
    void keep(int port);

  private:
    bool claim(int port);
    std::vector<int> claims_;
};

// True when nothing listens on 127.0.0.1:port and we could.
bool isPortFree(int port);

}  // namespace histologe::environment
