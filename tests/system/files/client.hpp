// A client of the upload port on a bare socket: it sends what it is told, as slowly and as wrongly as it is told.
#pragma once

#include <string>
#include <string_view>

namespace histologe::filestest {

class Client {
  public:
    // Throws when nobody listens there.
    explicit Client(int port);
    ~Client();
    Client(Client&& other) noexcept;
    Client& operator=(Client&&) = delete;

    // Sends all of it, unless the other side has left.
    void send(std::string_view bytes) const;
    // The next answer with its body, or what came of it before the end or ten seconds of silence.
    std::string read();
    // True once the other side has closed, waiting so long.
    bool isLeft(int seconds);

  private:
    int descriptor_;
    std::string received_;
};

}  // namespace histologe::filestest
