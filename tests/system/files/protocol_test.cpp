// The upload port against clients of every kind, on bare sockets.
#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <thread>

#include "tests/system/files/bench.hpp"

using namespace histologe;
using namespace histologe::filestest;

namespace {

class Client {
  public:
    Client() : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(static_cast<std::uint16_t>(platform().uploadPort()));
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::connect(descriptor_, reinterpret_cast<sockaddr*>(&place), sizeof(place)) == 0);
        const timeval limit{10, 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    }
    ~Client() { ::close(descriptor_); }
    void send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto gone = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (gone <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(gone));
        }
    }
    // One answer with its body, or what came before the end.
    std::string read() {
        std::string answer;
        char bytes[4096];
        while (true) {
            if (const auto end = answer.find("\r\n\r\n"); end != std::string::npos) {
                const auto at = answer.find("Content-Length: ");
                const auto length = at < end ? std::stoul(answer.substr(at + 16)) : 0;
                if (answer.size() >= end + 4 + length) return answer;
            }
            const auto got = ::recv(descriptor_, bytes, sizeof(bytes), 0);
            if (got <= 0) return answer;
            answer.append(bytes, static_cast<std::size_t>(got));
        }
    }

  private:
    int descriptor_;
};

const std::string kBody =
    "--lim\r\nContent-Disposition: form-data; name=\"signalement[documents]\"; filename=\"note.txt\"\r\n\r\nLe toit "
    "fuit.\n\r\n--lim--\r\n";

std::string head(const std::string& further, const std::string& method = "POST") {
    return method + " /signalement/handle HTTP/1.1\r\nHost: intake\r\nContent-Type: multipart/form-data; boundary=lim\r\n" +
           further + "\r\n";
}

std::string length(std::size_t bytes) { return "Content-Length: " + std::to_string(bytes) + "\r\n"; }

}  // namespace

TEST_CASE("a form comes with its length, in chunks, after a question, byte by byte, and several on a connection") {
    Client client;
    client.send(head(length(kBody.size())) + kBody);
    CHECK(client.read().starts_with("HTTP/1.1 200 "));
    std::string chunks;
    for (const char one : kBody) chunks += std::string("1\r\n") + one + "\r\n";
    client.send(head("Transfer-Encoding: chunked\r\n") + chunks + "0\r\n\r\n");
    CHECK(client.read().starts_with("HTTP/1.1 200 "));
    client.send(head("Expect: 100-continue\r\n" + length(kBody.size())));
    CHECK(client.read().starts_with("HTTP/1.1 100 "));
    client.send(kBody);
    CHECK(client.read().starts_with("HTTP/1.1 200 "));
    for (const char one : head(length(kBody.size())) + kBody) client.send({&one, 1});
    CHECK(client.read().starts_with("HTTP/1.1 200 "));
    // Two at once, the second answered after the first.
    client.send(head(length(kBody.size())) + kBody + head(length(kBody.size())) + kBody);
    CHECK(client.read().starts_with("HTTP/1.1 200 "));
}

TEST_CASE("the front, which is elsewhere, may read the answers; others may not") {
    const auto& origin = platform().settings().frontOrigin;
    Client client;
    client.send(head("Origin: " + origin + "\r\n" + length(kBody.size())) + kBody);
    CHECK(client.read().find("Access-Control-Allow-Origin: " + origin + "\r\n") != std::string::npos);
    client.send(head("Origin: https://ailleurs.example\r\n" + length(kBody.size())) + kBody);
    CHECK(client.read().find("Access-Control-Allow-Origin") == std::string::npos);
    client.send(head("Origin: " + origin + "\r\nAccess-Control-Request-Method: POST\r\n", "OPTIONS"));
    const auto preflight = client.read();
    CHECK(preflight.starts_with("HTTP/1.1 204 "));
    CHECK(preflight.find("Access-Control-Allow-Methods: POST") != std::string::npos);
}

TEST_CASE("what is no upload is answered with a reason") {
    const auto answer = [](const std::string& request) {
        Client client;
        client.send(request);
        return client.read();
    };
    CHECK(answer(head("", "GET")).starts_with("HTTP/1.1 405 "));
    CHECK(answer("POST /autre HTTP/1.1\r\nHost: intake\r\nContent-Length: 0\r\n\r\n").starts_with("HTTP/1.1 404 "));
    CHECK(answer("n'importe quoi\r\n\r\n").starts_with("HTTP/1.1 400 "));
    CHECK(answer(head(length(5)) + "--lix").starts_with("HTTP/1.1 400 "));
    CHECK(answer(head(length(kBody.size() - 10)) + kBody.substr(0, kBody.size() - 10)).find("envoi_illisible") != std::string::npos);
    CHECK(answer(head(length(7)) + "--lim--").find("fichier_absent") != std::string::npos);
    CHECK(answer(head(length(100'000'000)) + kBody).starts_with("HTTP/1.1 413 "));
    CHECK(answer("POST /signalement/handle HTTP/1.1\r\nHost: i\r\nX: " + std::string(20000, 'x') + "\r\n\r\n").starts_with("HTTP/1.1 400 "));
}

TEST_CASE("a client that goes away in the middle leaves nothing") {
    const auto files = [] {
        int count = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(platform().filesFolder())) {
            count += entry.is_regular_file() ? 1 : 0;
        }
        return count;
    };
    const auto rows = sql().rows("SELECT count(*) FROM intake.fichiers")[0][0];
    REQUIRE(eventually([] {
        return sql().rows("SELECT count(*) FROM intake.fichiers WHERE etat IN ('A_EXAMINER', 'EN_COURS')")[0][0] == "0";
    }));
    const int before = files();
    {
        Client client;
        client.send(head(length(5'000'000)) + kBody.substr(0, kBody.size() - 9) + std::string(1'000'000, 'a'));
        REQUIRE(eventually([&] { return files() == before + 1; }));
    }
    CHECK(eventually([&] { return files() == before; }));
    CHECK(sql().rows("SELECT count(*) FROM intake.fichiers")[0][0] == rows);
}

TEST_CASE("an instance that is asked to stop finishes the upload in hand") {
    Client client;
    client.send(head(length(kBody.size())) + kBody.substr(0, 40));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    std::thread stopping([] { platform().stop("intake-0"); });
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    client.send(kBody.substr(40));
    CHECK(client.read().starts_with("HTTP/1.1 200 "));
    stopping.join();
    platform().startService("intake", 0);
}
