// The mail server's side: what it has taken, and how it is told to misbehave.
#pragma once

#include <map>
#include <string>

namespace histologe::faults {

class Mailbox {
  public:
    explicit Mailbox(int port) : port_(port) {}

    // How often each Message-ID was taken, without its angle brackets.
    [[nodiscard]] std::map<std::string, int> received() const;
    // accept, refuse, reject, hang or drop.
    void behave(const std::string& mode) const;

  private:
    int port_;
};

}  // namespace histologe::faults
