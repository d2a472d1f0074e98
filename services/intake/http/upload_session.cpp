#include "services/intake/http/upload_session.hpp"

#include <array>
#include <optional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http.hpp>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/core/log.hpp"
#include "libs/http/problem.hpp"
#include "libs/http/target.hpp"
#include "libs/http/trace.hpp"

// g++ 12 takes the frame of a coroutine to be allocated and freed by different functions when they are inlined apart.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace histologe::intake {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using beast::http::field;
using beast::http::verb;

// Beyond the file: boundaries, other fields, and files that are a little too large, which are worth an answer.
constexpr std::uint64_t kMostBody = static_cast<std::uint64_t>(kLargestFile) + 6 * 1024 * 1024;
constexpr std::size_t kPiece = 64 * 1024;
constexpr int kPiecesInARow = 32;                         // then it is the others' turn
constexpr auto kPatience = std::chrono::seconds(30);      // for the next bytes
constexpr auto kBodyPatience = std::chrono::minutes(10);  // for all of a body, however steadily it drips
constexpr auto kIdle = std::chrono::seconds(75);          // between two requests
constexpr auto kDrain = std::chrono::seconds(2);

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

// Never what the database said: it may quote data.
void logFailure(const std::string& requestId, std::string_view why) {
    core::log::error("upload_failed", {{"requestId", requestId}, {"why", std::string(why)}});
}

// Runs on another thread what would hold up the loop.
template <typename Work>
asio::awaitable<std::invoke_result_t<Work>> runAside(asio::thread_pool& threads, Work work) {
    using Result = std::invoke_result_t<Work>;
    co_return co_await asio::co_spawn(
        threads, [](Work mine) -> asio::awaitable<Result> { co_return mine(); }(std::move(work)), asio::use_awaitable);
}

}  // namespace

// The body of an upload on its way to its reception.
struct UploadSession::Form {
    Form(const UploadContext& context, std::optional<std::string> draft, const std::string& boundary, std::string id)
        : reception(context, std::move(draft)), reader(boundary, reception), requestId(std::move(id)) {}

    // Once something is wrong nothing more is looked at.
    void take(std::string_view bytes) {
        if (refusal != nullptr) return;
        try {
            if (!reader.feed(bytes)) refusal = &refusals::kMalformed;
        } catch (const std::exception& failure) {
            logFailure(requestId, failure.what());
            refusal = &refusals::kOurFault;
        }
    }

    // The body is there: keeps the file. Waits for storage and database.
    const Refusal* keep() {
        if (refusal != nullptr) return refusal;
        if (!reader.isWhole()) return &refusals::kMalformed;
        try {
            return reception.keep();
        } catch (const core::Error& failure) {
            logFailure(requestId, failure.code());
        } catch (const std::exception& failure) {
            logFailure(requestId, failure.what());
        }
        return &refusals::kOurFault;
    }

    Reception reception;
    files::MultipartReader reader;
    std::string requestId;
    const Refusal* refusal = nullptr;
};

asio::awaitable<void> UploadSession::run() {
    for (auto patience = kPatience; !desk_.isStopping; patience = kIdle) {
        if (!co_await serve(patience)) break;
    }
    co_await drain();
}

void UploadSession::leave() {
    if (isIdle_) stream_.cancel();
}

// False when the connection is of no more use.
asio::awaitable<bool> UploadSession::serve(std::chrono::seconds patience) {
    Parser parser;
    parser.header_limit(16 * 1024);
    parser.body_limit(kMostBody);
    stream_.expires_after(patience);
    beast::error_code error;
    isIdle_ = true;
    co_await beast::http::async_read_header(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
    isIdle_ = false;
    bodyEnds_ = std::chrono::steady_clock::now() + kBodyPatience;
    const bool isNotHttp =
        error && error != beast::http::error::end_of_stream &&
        error.category() == beast::http::make_error_code(beast::http::error::end_of_stream).category();
    if (error && !isNotHttp) co_return false;  // gone, or silent for too long

    const auto& head = parser.get();
    const auto given = view(head["X-Request-Id"]);
    const auto requestId = http::isRequestId(given) ? std::string(given) : core::randomHex(16);
    http::Response response;
    bool isUsable = false;
    if (error == beast::http::error::body_limit) {
        response = refused(refusals::kTooLarge, requestId);
    } else if (error) {
        response = refused(refusals::kMalformed, requestId);
    } else {
        response = co_await respond(parser, requestId, isUsable);
    }
    desk_.cors.decorate(view(head[field::origin]), response);
    beast::http::response<beast::http::string_body> answer(static_cast<beast::http::status>(response.status), 11);
    for (const auto& [name, value] : response.headers.all()) answer.insert(name, value);
    answer.set("X-Request-Id", requestId);
    // The answer to a HEAD has a body here, which only the end of the connection tells apart from a next answer.
    answer.keep_alive(isUsable && head.keep_alive() && head.method() != verb::head);
    answer.body() = std::move(response.body);
    answer.prepare_payload();
    stream_.expires_after(kPatience);
    co_await beast::http::async_write(stream_, answer, asio::redirect_error(asio::use_awaitable, error));
    co_return !error && answer.keep_alive();
}

asio::awaitable<http::Response> UploadSession::respond(Parser& parser, const std::string& requestId, bool& isUsable) {
    const auto& head = parser.get();
    const auto target = http::readTarget(view(head.target()));
    const bool isOurs = target && target->path == "/signalement/handle";
    if (isOurs && head.method() == verb::post) {
        co_return co_await respondToPost(parser, target->query, requestId, isUsable);
    }
    isUsable = !co_await receive(parser, nullptr);
    if (!isOurs) co_return http::problem(404, "adresse_inconnue", "Cette adresse n'existe pas.", requestId);
    if (head.method() == verb::options) {
        co_return desk_.cors.preflight(view(head[field::origin]), "POST, OPTIONS");
    }
    co_return http::problem(405, "methode_non_permise", "Cette adresse reçoit des fichiers, par POST.", requestId)
        .header("Allow", "POST, OPTIONS");
}

asio::awaitable<http::Response> UploadSession::respondToPost(Parser& parser, const http::Parameters& query,
                                                             const std::string& requestId, bool& isUsable) {
    const auto& head = parser.get();
    http::Headers forwarded;
    forwarded.add("X-Forwarded-For", std::string(view(head["X-Forwarded-For"])));
    beast::error_code error;
    const auto peer = stream_.socket().remote_endpoint(error).address().to_string();
    const auto verdict = desk_.perAddress.take(http::forwardedFor(forwarded, peer));
    const auto draft = query.has("brouillon") ? std::optional(query.get("brouillon")) : std::nullopt;
    const auto boundary = files::multipartBoundary(view(head[field::content_type]));

    Form form(desk_.context, draft, boundary.value_or(""), requestId);
    if (!verdict.isAllowed) {
        form.refusal = &refusals::kTooMany;
    } else if (draft && !core::isUuid(*draft)) {
        form.refusal = &refusals::kBadDraft;
    } else if (!boundary) {
        form.refusal = &refusals::kNoFile;
    }
    // What is refused is still read to its end, so that the client gets the answer.
    error = co_await receive(parser, &form);
    isUsable = !error;
    if (form.refusal == nullptr && error) {
        form.refusal = error == beast::http::error::body_limit ? &refusals::kTooLarge : &refusals::kMalformed;
    }
    const Refusal* refusal = form.refusal;
    if (refusal == nullptr) refusal = co_await runAside(desk_.aside, [&form] { return form.keep(); });
    if (refusal == nullptr) co_return http::Response::json(200, form.reception.answer());
    auto response = refused(*refusal, requestId);
    if (!verdict.isAllowed) {
        response.header("Retry-After", std::to_string(verdict.resetSeconds));
        response = http::withRateLimit(std::move(response), desk_.perAddress, verdict);
    }
    co_return response;
}

// Reads the body to its end, for the form if there is one. An error means that the connection is of no more use.
UploadSession::Outcome UploadSession::receive(Parser& parser, Form* form) {
    if (beast::iequals(parser.get()[field::expect], "100-continue")) {
        static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        beast::error_code error;
        co_await asio::async_write(stream_, asio::buffer(kContinue), asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return error;
    }
    if (parser.is_done()) co_return beast::error_code();
    if (const auto length = parser.content_length()) {
        co_return co_await receiveKnownLength(static_cast<std::size_t>(*length), form);
    }
    co_return co_await receiveChunks(parser, form);
}

// By far the most: bytes go from the socket to the form, as many at a time as are there.
UploadSession::Outcome UploadSession::receiveKnownLength(std::size_t length, Form* form) {
    const auto already = std::min(length, buffer_.size());
    if (form != nullptr) form->take({static_cast<const char*>(buffer_.data().data()), already});
    buffer_.consume(already);
    auto rest = length - already;
    if (rest == 0) co_return beast::error_code();
    const auto piece = std::make_unique<std::array<char, kPiece>>();
    beast::error_code error;
    stream_.socket().non_blocking(true, error);
    while (rest > 0 && !error) {
        hurry();
        auto got = co_await stream_.async_read_some(asio::buffer(*piece, rest),
                                                    asio::redirect_error(asio::use_awaitable, error));
        for (int turn = 1; got > 0; ++turn) {
            if (form != nullptr) form->take({piece->data(), got});
            rest -= got;
            got = 0;
            if (rest > 0 && turn < kPiecesInARow) got = stream_.socket().read_some(asio::buffer(*piece, rest), error);
            if (error == asio::error::would_block) error = {};
        }
    }
    co_return error;
}

UploadSession::Outcome UploadSession::receiveChunks(Parser& parser, Form* form) {
    const auto piece = std::make_unique<std::array<char, kPiece>>();
    beast::error_code error;
    while (!parser.is_done()) {
        auto& body = parser.get().body();
        body.data = piece->data();
        body.size = piece->size();
        hurry();
        co_await beast::http::async_read(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
        if (error == beast::http::error::need_buffer) error = {};
        if (error) co_return error;
        if (form != nullptr) form->take({piece->data(), piece->size() - body.size});
    }
    co_return error;
}

void UploadSession::hurry() {
    stream_.expires_at(std::min(std::chrono::steady_clock::now() + kPatience, bodyEnds_));
}

// What the client is still sending is read for a moment: closing on it would destroy the answer on its way.
asio::awaitable<void> UploadSession::drain() {
    beast::error_code error;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    const auto rest = std::make_unique<std::array<char, kPiece>>();
    stream_.expires_after(kDrain);
    for (int i = 0; i < 1024 && !error; ++i) {
        co_await stream_.async_read_some(asio::buffer(*rest), asio::redirect_error(asio::use_awaitable, error));
    }
}

}  // namespace histologe::intake
