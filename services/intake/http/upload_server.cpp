#include "services/intake/http/upload_server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <condition_variable>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "libs/http/cors.hpp"
#include "libs/http/problem.hpp"
#include "libs/http/rate_limiter.hpp"
#include "libs/http/target.hpp"
#include "libs/http/trace.hpp"
#include "services/intake/store/fichiers.hpp"

// g++ 12 takes the frame of a coroutine to be allocated and freed by different functions when they are inlined apart.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace histologe::intake {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using Wait = asio::awaitable<void>;

// Beyond the file: boundaries, other fields, and files that are a little too large, which are worth an answer.
constexpr std::uint64_t kMostBody = static_cast<std::uint64_t>(kLargestFile) + 6 * 1024 * 1024;
constexpr std::size_t kPiece = 64 * 1024;
constexpr auto kPatience = std::chrono::seconds(30);
constexpr auto kIdle = std::chrono::seconds(75);
constexpr auto kGrace = std::chrono::seconds(8);

using Parser = beast::http::request_parser<beast::http::buffer_body>;
using Answer = beast::http::response<beast::http::string_body>;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

struct UploadServer::State {
    State(UploadContext c, UploadServerSettings s)
        : context(std::move(c)), settings(std::move(s)), cors(settings.frontOrigins),
          perAddress(context.perHour, 3600, context.clock), acceptor(first()) {}

    asio::io_context& first() {
        for (int i = 0; i < settings.threads; ++i) loops.push_back(std::make_unique<asio::io_context>(1));
        return *loops.front();
    }

    struct Connection {
        explicit Connection(tcp::socket socket) : stream(std::move(socket)) {}
        beast::tcp_stream stream;
        beast::flat_buffer buffer{32 * 1024};
        bool isIdle = true;
    };

    Wait listen();
    Wait converse(std::shared_ptr<Connection> connection);
    asio::awaitable<http::Response> respond(Connection& connection, Parser& parser, const std::string& requestId,
                                            bool& isUsable);
    static void take(files::MultipartReader* reader, std::string_view bytes, const Refusal*& refusal);
    asio::awaitable<bool> receive(Connection& connection, Parser& parser, files::MultipartReader* reader,
                                  const Refusal*& refusal);
    const Refusal* admit(const std::string& address, const http::Parameters& query, std::optional<std::string>& draft);
    void leave(const std::shared_ptr<Connection>& connection);

    UploadContext context;
    UploadServerSettings settings;
    http::Cors cors;
    http::RateLimiter perAddress;
    // One for each thread: a connection stays on its thread, and threads have nothing to share.
    std::vector<std::unique_ptr<asio::io_context>> loops;
    tcp::acceptor acceptor;
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::condition_variable left;
    std::set<std::shared_ptr<Connection>> connections;
    bool isStopping = false;
};

// Before anything is read: whether this caller, and this draft, may still send.
const Refusal* UploadServer::State::admit(const std::string& address, const http::Parameters& query,
                                          std::optional<std::string>& draft) {
    if (!perAddress.take(address).isAllowed) return &refusals::kTooMany;
    if (!query.has("brouillon")) return nullptr;
    draft = query.get("brouillon");
    if (!core::isUuid(*draft)) return &refusals::kBadDraft;
    const auto volume = volumeDuBrouillon(*context.pool.acquire(), *draft);
    return volume.fichiers >= kMostFiles || volume.octets >= kMostBytes ? &refusals::kDraftFull : nullptr;
}

// Gives a piece of the body to the reader while nothing is wrong.
void UploadServer::State::take(files::MultipartReader* reader, std::string_view bytes, const Refusal*& refusal) {
    if (refusal != nullptr || reader == nullptr) return;
    try {
        if (!reader->feed(bytes)) refusal = &refusals::kMalformed;
    } catch (const std::exception& failure) {
        core::log::error("upload_failed", {{"why", failure.what()}});
        refusal = &refusals::kOurFault;
    }
}

// Reads the body to its end. False when the connection is of no more use.
asio::awaitable<bool> UploadServer::State::receive(Connection& connection, Parser& parser, files::MultipartReader* reader,
                                                   const Refusal*& refusal) {
    if (parser.is_done()) co_return true;
    const auto piece = std::make_unique<std::array<char, kPiece>>();
    beast::error_code error;
    if (const auto length = parser.content_length()) {
        // By far the most: bytes go from the socket to the reader, as many at a time as are there.
        auto rest = static_cast<std::size_t>(*length);
        const auto read = std::min(rest, connection.buffer.size());
        take(reader, {static_cast<const char*>(connection.buffer.data().data()), read}, refusal);
        connection.buffer.consume(read);
        rest -= read;
        connection.stream.socket().non_blocking(true, error);
        while (rest > 0 && !error) {
            connection.stream.expires_after(kPatience);
            auto got = co_await connection.stream.async_read_some(asio::buffer(*piece, rest),
                                                                  asio::redirect_error(asio::use_awaitable, error));
            for (int turn = 0; got > 0; ++turn) {
                take(reader, {piece->data(), got}, refusal);
                rest -= got;
                got = 0;
                if (rest > 0 && turn < 32) got = connection.stream.socket().read_some(asio::buffer(*piece, rest), error);
                if (error == asio::error::would_block) error = {};
            }
        }
        co_return !error;
    }
    while (!parser.is_done()) {
        auto& body = parser.get().body();
        body.data = piece->data();
        body.size = piece->size();
        connection.stream.expires_after(kPatience);
        co_await beast::http::async_read(connection.stream, connection.buffer, parser,
                                         asio::redirect_error(asio::use_awaitable, error));
        if (error == beast::http::error::need_buffer) error = {};
        if (error == beast::http::error::body_limit) refusal = &refusals::kTooLarge;
        if (error) co_return false;
        take(reader, {piece->data(), piece->size() - body.size}, refusal);
    }
    co_return true;
}

asio::awaitable<http::Response> UploadServer::State::respond(Connection& connection, Parser& parser,
                                                             const std::string& requestId, bool& isUsable) {
    const auto& head = parser.get();
    const auto target = http::readTarget(view(head.target()));
    const Refusal* refusal = nullptr;
    const bool isOurs = target && target->path == "/signalement/handle";
    if (!isOurs || head.method() != beast::http::verb::post) {
        isUsable = co_await receive(connection, parser, nullptr, refusal);
        if (isOurs && head.method() == beast::http::verb::options) {
            co_return cors.preflight(view(head[beast::http::field::origin]), "POST, OPTIONS");
        }
        if (isOurs) co_return http::problem(405, "methode_non_permise", "Cette adresse reçoit des fichiers, par POST.", requestId).header("Allow", "POST, OPTIONS");
        co_return http::problem(404, "adresse_inconnue", "Cette adresse n'existe pas.", requestId);
    }
    std::optional<std::string> draft;
    try {
        http::Headers forwarded;
        forwarded.add("X-Forwarded-For", std::string(view(head["X-Forwarded-For"])));
        beast::error_code none;
        const auto peer = connection.stream.socket().remote_endpoint(none).address().to_string();
        refusal = admit(http::forwardedFor(forwarded, peer), target->query, draft);
    } catch (const std::exception& failure) {
        core::log::error("upload_failed", {{"why", failure.what()}});
        refusal = &refusals::kOurFault;
    }
    const auto boundary = files::multipartBoundary(view(head[beast::http::field::content_type]));
    if (refusal == nullptr && !boundary) refusal = &refusals::kNoFile;
    Reception reception(context, draft);
    files::MultipartReader reader(boundary.value_or(""), reception);
    isUsable = co_await receive(connection, parser, &reader, refusal);
    if (refusal == nullptr && !(isUsable && reader.isWhole())) refusal = &refusals::kMalformed;
    try {
        if (refusal == nullptr) refusal = reception.keep();
    } catch (const core::Error& failure) {
        core::log::error("upload_failed", {{"why", failure.code()}});
        refusal = &refusals::kOurFault;
    } catch (const std::exception& failure) {
        core::log::error("upload_failed", {{"why", failure.what()}});
        refusal = &refusals::kOurFault;
    }
    co_return refusal != nullptr ? refused(*refusal, requestId) : http::Response::json(200, reception.answer());
}

Wait UploadServer::State::converse(std::shared_ptr<Connection> connection) {
    auto& stream = connection->stream;
    for (bool first = true;; first = false) {
        Parser parser;
        parser.header_limit(16 * 1024);
        parser.body_limit(kMostBody);
        connection->isIdle = true;
        {
            const std::lock_guard lock(mutex);
            if (isStopping) break;
        }
        stream.expires_after(first ? kPatience : kIdle);
        beast::error_code error;
        co_await beast::http::async_read_header(stream, connection->buffer, parser,
                                                asio::redirect_error(asio::use_awaitable, error));
        connection->isIdle = false;
        const bool isTooLarge = error == beast::http::error::body_limit;
        const bool isUnreadable = error && !isTooLarge && error != beast::http::error::end_of_stream &&
                                  error.category() == beast::http::make_error_code(beast::http::error::end_of_stream).category();
        if (error && !isTooLarge && !isUnreadable) break;
        const auto given = view(parser.get()["X-Request-Id"]);
        const auto requestId = http::isRequestId(given) ? std::string(given) : core::randomHex(16);
        const std::string origin(view(parser.get()[beast::http::field::origin]));
        http::Response response;
        bool isUsable = false;
        if (error) {
            response = refused(isTooLarge ? refusals::kTooLarge : refusals::kMalformed, requestId);
        } else {
            if (beast::iequals(parser.get()[beast::http::field::expect], "100-continue")) {
                static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
                co_await asio::async_write(stream, asio::buffer(kContinue), asio::redirect_error(asio::use_awaitable, error));
            }
            response = co_await respond(*connection, parser, requestId, isUsable);
        }
        cors.decorate(origin, response);
        Answer answer(static_cast<beast::http::status>(response.status), 11);
        for (const auto& [name, value] : response.headers.all()) answer.insert(name, value);
        answer.set("X-Request-Id", requestId);
        answer.keep_alive(isUsable && parser.get().keep_alive());
        answer.body() = std::move(response.body);
        answer.prepare_payload();
        stream.expires_after(kPatience);
        co_await beast::http::async_write(stream, answer, asio::redirect_error(asio::use_awaitable, error));
        if (error || !answer.keep_alive()) break;
    }
    // What the client is still sending is read for a moment: closing on it would destroy the answer on its way.
    beast::error_code error;
    stream.socket().shutdown(tcp::socket::shutdown_send, error);
    const auto rest = std::make_unique<std::array<char, kPiece>>();
    stream.expires_after(std::chrono::seconds(2));
    for (int i = 0; i < 1024 && !error; ++i) {
        co_await stream.async_read_some(asio::buffer(*rest), asio::redirect_error(asio::use_awaitable, error));
    }
    leave(connection);
}

void UploadServer::State::leave(const std::shared_ptr<Connection>& connection) {
    const std::lock_guard lock(mutex);
    connections.erase(connection);
    left.notify_all();
}

Wait UploadServer::State::listen() {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (std::size_t next = 0; acceptor.is_open();) {
        beast::error_code error;
        bool isFull = false;
        {
            const std::lock_guard lock(mutex);
            isFull = connections.size() >= static_cast<std::size_t>(settings.connections);
        }
        if (!isFull) {
            auto socket = co_await acceptor.async_accept(*loops[next++ % loops.size()], asio::redirect_error(asio::use_awaitable, error));
            if (!error) {
                auto connection = std::make_shared<Connection>(std::move(socket));
                {
                    const std::lock_guard lock(mutex);
                    connections.insert(connection);
                }
                asio::co_spawn(connection->stream.get_executor(), converse(connection),
                               [this, connection](const std::exception_ptr& failure) {
                                   if (failure) leave(connection);
                               });
                continue;
            }
            if (error == asio::error::operation_aborted) co_return;
        }
        // Full, or out of descriptors: those that wait are accepted when others have left.
        timer.expires_after(std::chrono::milliseconds(50));
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
}

UploadServer::UploadServer(UploadContext context, UploadServerSettings settings)
    : state_(std::make_unique<State>(std::move(context), std::move(settings))) {}

UploadServer::~UploadServer() { stop(); }

void UploadServer::start() {
    auto& state = *state_;
    try {
        const tcp::endpoint place(asio::ip::make_address(state.settings.host), state.settings.port);
        state.acceptor.open(place.protocol());
        state.acceptor.set_option(tcp::acceptor::reuse_address(true));
        state.acceptor.bind(place);
        state.acceptor.listen(1024);
    } catch (const std::exception&) {
        throw std::runtime_error("the upload port " + std::to_string(state.settings.port) + " cannot be had");
    }
    asio::co_spawn(state.acceptor.get_executor(), state.listen(), asio::detached);
    for (int i = 0; i < state.settings.threads; ++i) {
        state.threads.emplace_back([&state, i] {
            const auto keptAlive = asio::make_work_guard(*state.loops[static_cast<std::size_t>(i)]);
            state.loops[static_cast<std::size_t>(i)]->run();
        });
    }
}

void UploadServer::stop() {
    auto& state = *state_;
    if (state.threads.empty()) return;
    asio::post(state.acceptor.get_executor(), [&state] {
        beast::error_code none;
        state.acceptor.close(none);
    });
    {
        std::unique_lock lock(state.mutex);
        state.isStopping = true;
        for (const auto& connection : state.connections) {
            asio::post(connection->stream.get_executor(), [connection] {
                if (connection->isIdle) connection->stream.cancel();
            });
        }
        state.left.wait_for(lock, kGrace, [&state] { return state.connections.empty(); });
    }
    for (const auto& loop : state.loops) loop->stop();
    for (auto& thread : state.threads) thread.join();
    state.threads.clear();
    state.connections.clear();
}

}  // namespace histologe::intake
