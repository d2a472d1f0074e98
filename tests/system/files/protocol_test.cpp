// The upload port against clients of every kind, on bare sockets.
#include <thread>

#include <catch2/catch.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/system/files/bench.hpp"
#include "tests/system/files/client.hpp"

using namespace histologe;
using namespace histologe::filestest;

namespace {

const std::string kBody =
    "--lim\r\nContent-Disposition: form-data; name=\"signalement[documents]\"; filename=\"note.txt\"\r\n\r\nLe toit "
    "fuit.\n\r\n--lim--\r\n";

std::string head(const std::string& further, const std::string& method = "POST") {
    return method +
           " /signalement/handle HTTP/1.1\r\nHost: intake\r\nContent-Type: multipart/form-data; boundary=lim\r\n" +
           further + "\r\n";
}

std::string length(std::size_t bytes) {
    return "Content-Length: " + std::to_string(bytes) + "\r\n";
}

}  // namespace

TEST_CASE("a form comes with its length, in chunks, after a question, byte by byte, and several on a connection") {
    Client client(platform().uploadPort());
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
    // Two at once are answered one after the other.
    client.send(head(length(kBody.size())) + kBody + head(length(2)) + "xx");
    CHECK(client.read().starts_with("HTTP/1.1 200 "));
    CHECK(client.read().starts_with("HTTP/1.1 400 "));
    // What follows the answer to a HEAD could be taken for its body.
    client.send(head("", "HEAD"));
    CHECK(client.read().find("\r\nConnection: close\r\n") != std::string::npos);
    CHECK(client.isLeft(5));
}

TEST_CASE("the front, which is elsewhere, may read the answers; others may not") {
    const auto& origin = platform().settings().frontOrigin;
    Client client(platform().uploadPort());
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
        Client client(platform().uploadPort());
        client.send(request);
        return client.read();
    };
    CHECK(answer(head("", "GET")).starts_with("HTTP/1.1 405 "));
    CHECK(answer("POST /autre HTTP/1.1\r\nHost: intake\r\nContent-Length: 0\r\n\r\n").starts_with("HTTP/1.1 404 "));
    CHECK(answer("n'importe quoi\r\n\r\n").starts_with("HTTP/1.1 400 "));
    CHECK(answer(head(length(5)) + "--lix").starts_with("HTTP/1.1 400 "));
    CHECK(answer(head(length(kBody.size() - 10)) + kBody.substr(0, kBody.size() - 10)).find("envoi_illisible") !=
          std::string::npos);
    CHECK(answer(head(length(7)) + "--lim--").find("fichier_absent") != std::string::npos);
    CHECK(answer(head(length(100'000'000)) + kBody).starts_with("HTTP/1.1 413 "));
    CHECK(answer("POST /signalement/handle HTTP/1.1\r\nHost: i\r\nX: " + std::string(20000, 'x') + "\r\n\r\n")
              .starts_with("HTTP/1.1 400 "));
}

TEST_CASE("of a form with several files the first is kept, whatever stands before and after it") {
    const std::string part = "--lim\r\nContent-Disposition: form-data; name=";
    const std::string form =
        "préambule\r\n" + part + "\"_token\"\r\n\r\nabc\r\n" + part +
        "\"signalement[photos]\"; filename=\"\"\r\n\r\n\r\n" + part +
        "\"signalement[documents]\"; filename=\"un.txt\"\r\nContent-Type: image/png\r\n\r\nUn.\n\r\n" + part +
        "\"signalement[documents]\"; filename=\"deux.txt\"\r\n\r\nDeux.\n\r\n--lim--\r\népilogue";
    const auto count = [] { return sql().rows("SELECT count(*) FROM intake.fichiers")[0][0].value_or(""); };
    const auto before = std::stoi(count());
    Client client(platform().uploadPort());
    client.send(head(length(form.size())) + form);
    const auto answer = client.read();
    CHECK(answer.starts_with("HTTP/1.1 200 "));
    CHECK(answer.find("\"titre\":\"un.txt\"") != std::string::npos);
    CHECK(std::stoi(count()) == before + 1);
}

TEST_CASE("a client that goes away in the middle leaves nothing") {
    const auto files = [] { return countFiles(platform().filesFolder()); };
    const auto rows = sql().rows("SELECT count(*) FROM intake.fichiers")[0][0];
    REQUIRE(eventually([] {
        return sql().rows("SELECT count(*) FROM intake.fichiers WHERE etat IN ('A_EXAMINER', 'EN_COURS')")[0][0] == "0";
    }));
    const int before = files();
    {
        Client client(platform().uploadPort());
        client.send(head(length(5'000'000)) + kBody.substr(0, kBody.size() - 9) + std::string(1'000'000, 'a'));
        REQUIRE(eventually([&] { return files() == before + 1; }));
    }
    CHECK(eventually([&] { return files() == before; }));
    CHECK(sql().rows("SELECT count(*) FROM intake.fichiers")[0][0] == rows);
}

TEST_CASE("an instance that is asked to stop finishes the upload in hand") {
    Client client(platform().uploadPort());
    client.send(head(length(kBody.size())) + kBody.substr(0, 40));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    std::thread stopping([] { platform().stop("intake-0"); });
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    client.send(kBody.substr(40));
    CHECK(client.read().starts_with("HTTP/1.1 200 "));
    stopping.join();
    platform().startService("intake", 0);
}

TEST_CASE("a client that falls silent is left, and holds up nobody meanwhile", "[slow]") {
    std::vector<Client> silent;
    for (int i = 0; i < 50; ++i) {
        silent.emplace_back(platform().uploadPort()).send(head(length(5'000'000)) + kBody.substr(0, kBody.size() - 9));
    }
    const auto began = std::chrono::steady_clock::now();
    CHECK(upload("signalement[documents]", "note.txt", "Du texte.\n").status == 200);
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
    for (auto& client : silent) CHECK(client.isLeft(40));
    CHECK(std::chrono::steady_clock::now() - began > std::chrono::seconds(25));
}

TEST_CASE("a program whose port somebody else took first starts on another") {
    const int taken = platform().uploadPort(3);
    const int thief = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(static_cast<std::uint16_t>(taken));
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(thief, reinterpret_cast<const sockaddr*>(&place), sizeof(place)) == 0);
    REQUIRE(::listen(thief, 1) == 0);
    platform().startService("intake", 3);
    CHECK(platform().uploadPort(3) != taken);
    CHECK(upload("signalement[documents]", "note.txt", "Du texte.\n", {}, 3).status == 200);
    platform().stop("intake-3");
    ::close(thief);
}
