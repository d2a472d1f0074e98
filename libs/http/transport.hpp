// Which thread reads which socket. Pistache's reactor is behind it; only transport.cpp knows.
#pragma once

#include <memory>

#include "libs/http/connection.hpp"

namespace histologe::http {

class Transport {
  public:
    explicit Transport(unsigned threads);
    ~Transport();
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    void start();
    // Takes over `descriptor` (the accepted one, of which the connection holds a duplicate): calls onReadable()
    // whenever there is something to read, from one thread, until it returns false; then closes the descriptor.
    void add(int descriptor, const std::shared_ptr<Connection>& connection);
    // Calls onReadable() once more, on one of the I/O threads, after what is ready there. From any thread.
    void giveTurn(const std::shared_ptr<Connection>& connection);
    // Stops reading and closes every descriptor it holds.
    void stop();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace histologe::http
