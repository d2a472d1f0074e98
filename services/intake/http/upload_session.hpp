// One client of the upload port, from its first byte to its last.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

#include "libs/http/cors.hpp"
#include "libs/http/rate_limiter.hpp"
#include "services/intake/http/reception.hpp"

namespace histologe::intake {

// What the sessions share; outlives them.
struct UploadDesk {
    UploadDesk(UploadContext c, const std::vector<std::string>& frontOrigins, int keepers)
        : context(std::move(c)),
          cors(frontOrigins),
          perAddress(context.perHour, 3600, context.clock),
          aside(static_cast<std::size_t>(keepers)) {}

    UploadContext context;
    http::Cors cors;
    http::RateLimiter perAddress;
    // Where the end of an upload waits for the disk, the storage and the database, while the loops await others' bytes.
    boost::asio::thread_pool aside;
    std::atomic<bool> isStopping{false};
};

// Lives on the loop of its socket: all of it but the constructor is to be called there.
class UploadSession {
  public:
    UploadSession(UploadDesk& desk, boost::asio::ip::tcp::socket socket) : desk_(desk), stream_(std::move(socket)) {}

    // Answers one request after the other until either side has enough, or the desk is stopping.
    boost::asio::awaitable<void> run();
    // Ends run() at once if a request is still awaited.
    void leave();
    auto executor() { return stream_.get_executor(); }

  private:
    struct Form;
    using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;
    using Outcome = boost::asio::awaitable<boost::beast::error_code>;

    boost::asio::awaitable<bool> serve(std::chrono::seconds patience);
    boost::asio::awaitable<http::Response> respond(Parser& parser, const std::string& requestId, bool& isUsable);
    boost::asio::awaitable<http::Response> respondToPost(Parser& parser, const http::Parameters& query,
                                                         const std::string& requestId, bool& isUsable);
    Outcome receive(Parser& parser, Form* form);
    Outcome receiveKnownLength(std::size_t length, Form* form);
    Outcome receiveChunks(Parser& parser, Form* form);
    void hurry();
    boost::asio::awaitable<void> drain();

    UploadDesk& desk_;
    boost::beast::tcp_stream stream_;
    boost::beast::flat_buffer buffer_{32 * 1024};
    std::chrono::steady_clock::time_point bodyEnds_{};  // the body in hand has to be there by then
    bool isIdle_ = false;
};

}  // namespace histologe::intake
