#include "tests/unit/http/fixture.hpp"

#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/error.hpp"
#include "libs/core/log.hpp"

namespace histologe::http::testing {

using core::Json;

Contract testContract() {
    return Contract::load(HISTOLOGE_SOURCE_DIR "/tests/unit/http/contract.json");
}

Router testRouter(LaterHandler later) {
    Router router;
    if (!later) {
        later = [](const Request& request, const AnswerLater& answer) {
            std::thread([answer, q = request.query.get("q")] {
                answer([&] { return Response::json(200, {{"message", q}}); });
            }).detach();
            return std::nullopt;
        };
    }
    router.bindLater("later", std::move(later));
    const auto hello = [](const Request&) { return Response::json(200, {{"message", "bonjour"}}); };
    router.bindInline("hello", hello);
    router.bind("helloPool", hello);
    router.bind("echo", [](const Request& request) { return Response::json(200, request.json); });
    router.bind("createFiche", [](const Request& request) {
        auto made = request.json;
        made["id"] = "f-" + request.requestId;
        return Response::created("/fiches/f-1", made);
    });
    router.bind("readFiche", [](const Request& request) {
        const auto id = request.pathParameters.get("id");
        if (id == "absente")
            throw core::Error(core::ErrorKind::NotFound, "fiche_introuvable", "Cette fiche n'existe pas.");
        if (id == "casse") throw std::runtime_error("secret detail");
        return Response::json(200, {{"id", id}}).header("ETag", "\"1\"");
    });
    router.bind("deleteFiche", [](const Request&) { return Response::noContent(); });
    router.bind("search", [](const Request& request) {
        return Response::json(200, {{"q", request.query.get("q")},
                                    {"page", request.query.integer("page").value_or(1)},
                                    {"types", request.query.values("type")}});
    });
    router.bind("slow", [](const Request& request) {
        std::this_thread::sleep_for(std::chrono::milliseconds(request.query.integer("ms").value_or(100)));
        return Response::json(200, {{"ms", request.query.integer("ms").value_or(100)}});
    });
    router.bind("big", [](const Request& request) {
        return Response::text(
            200, "application/octet-stream",
            std::string(static_cast<std::size_t>(request.query.integer("bytes").value_or(1000)), 'x'));
    });
    router.bind("upload", [](const Request& request) { return Response::json(200, {{"bytes", request.body.size()}}); });
    router.bind("form", [](const Request& request) { return Response::json(200, request.json); });
    router.bind("limited", hello);
    router.bind("protected", [](const Request& request) {
        return Response::json(200, {{"subject", request.principal ? request.principal->subject : ""}});
    });
    router.bind("wrongAnswer", [](const Request&) { return Response::json(200, {{"message", 5}}); });
    router.bind("who", [](const Request& request) {
        return Response::json(
            200,
            {{"address", request.remoteAddress}, {"path", request.path}, {"name", request.pathParameters.get("name")}});
    });
    return router;
}

RawClient::RawClient(std::uint16_t port, int receiveBuffer)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receiveBuffer > 0) setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, sizeof receiveBuffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("cannot connect");
    }
}

RawClient::~RawClient() {
    if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

void RawClient::finishSending() {
    ::shutdown(socket_, SHUT_WR);
}

void RawClient::reset() {
    const linger abrupt{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
    ::close(socket_);
    socket_ = -1;
}

bool RawClient::receive(std::chrono::milliseconds patience) {
    if (isOver_) return false;
    pollfd watched{socket_, POLLIN, 0};
    if (::poll(&watched, 1, static_cast<int>(patience.count())) <= 0) return false;
    char bytes[65536];
    const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) {
        isOver_ = true;
        return false;
    }
    buffer_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

std::string RawClient::readAll(std::chrono::milliseconds patience, std::size_t atMost) {
    while (buffer_.size() < atMost && receive(patience)) {
    }
    return std::exchange(buffer_, std::string());
}

std::optional<Answer> RawClient::readAnswer(std::chrono::milliseconds patience, bool isHead) {
    std::size_t headEnd = 0;
    while ((headEnd = buffer_.find("\r\n\r\n")) == std::string::npos) {
        if (!receive(patience)) return std::nullopt;
    }
    Answer answer;
    answer.status = std::atoi(buffer_.c_str() + 9);
    for (std::size_t at = buffer_.find("\r\n") + 2; at < headEnd + 2;) {
        const auto end = buffer_.find("\r\n", at);
        const auto colon = buffer_.find(':', at);
        answer.headers.add(buffer_.substr(at, colon - at), buffer_.substr(colon + 2, end - colon - 2));
        at = end + 2;
    }
    const bool hasBody = !isHead && answer.status >= 200 && answer.status != 204 && answer.status != 304;
    const auto length = hasBody ? std::stoul(std::string(answer.headers.get("Content-Length", "0"))) : 0;
    while (buffer_.size() < headEnd + 4 + length) {
        if (!receive(patience)) return std::nullopt;
    }
    answer.body = buffer_.substr(headEnd + 4, length);
    buffer_.erase(0, headEnd + 4 + length);
    return answer;
}

bool RawClient::isClosedWithin(std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < until) {
        receive(std::chrono::milliseconds(20));
        if (isOver_) return true;
    }
    return false;
}

Answer ask(std::uint16_t port, std::string_view method, std::string_view target, std::string_view body,
           std::string_view extraHeaders) {
    RawClient client(port);
    std::string bytes;
    bytes.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    if (!body.empty()) {
        bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        if (extraHeaders.find("Content-Type") == std::string_view::npos) bytes += "Content-Type: application/json\r\n";
    }
    bytes.append(extraHeaders).append("\r\n").append(body);
    client.send(bytes);
    auto answer = client.readAnswer(std::chrono::milliseconds(10000), method == "HEAD");
    if (!answer) throw std::runtime_error("no answer to " + std::string(target));
    return *answer;
}

namespace {

ServerSettings quiet(ServerSettings settings) {
    core::log::setLevel(core::log::Level::Error);
    return settings;
}

}  // namespace

TestService::TestService(ServerSettings settings, ServerHooks hooks, LaterHandler later)
    : server(quiet(std::move(settings)), testContract(), testRouter(std::move(later)), metrics, hooks) {
    server.start();
}

}  // namespace histologe::http::testing
