// What becomes of uploads when there are many of them, and when the database is lost.
#include <fstream>

#include <catch2/catch.hpp>

#include "tests/system/files/bench.hpp"
#include "tests/system/files/client.hpp"

using namespace histologe;
using namespace histologe::filestest;

namespace {

constexpr std::size_t kMiB = 1024 * 1024;

// MiB that a process holds, or held at most (`VmHWM`).
double memory(pid_t process, const std::string& what) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(what + ":")) return std::stod(line.substr(what.size() + 1)) / 1024;
    }
    return -1;
}

}  // namespace

// Nothing looks at these files meanwhile: what is measured is their reception.
TEST_CASE("two hundred uploads of 10 MiB at the same time leave intake below 150 MiB", "[slow]") {
    const auto other = otherPlatform({{"HISTOLOGE_INTAKE_ANTIVIRUS", "unix:/nonexistent/clamd.sock"}});
    const std::string begin =
        "--lim\r\nContent-Disposition: form-data; name=\"signalement[documents]\"; "
        "filename=\"note.txt\"\r\n\r\n";
    const std::string end = "\r\n--lim--\r\n";
    const std::string piece(256 * 1024, 'a');
    std::vector<Client> clients;
    for (int i = 0; i < 200; ++i) {
        clients.emplace_back(other->uploadPort())
            .send(
                "POST /signalement/handle HTTP/1.1\r\nHost: intake\r\nContent-Type: multipart/form-data; "
                "boundary=lim\r\n"
                "Content-Length: " +
                std::to_string(begin.size() + 10 * kMiB + end.size()) + "\r\n\r\n" + begin);
    }
    // Each in turn a little, so that all are on their way until the last byte.
    for (std::size_t sent = 0; sent < 10 * kMiB; sent += piece.size()) {
        for (const auto& client : clients) client.send(piece);
    }
    for (const auto& client : clients) client.send(end);
    for (auto& client : clients) CHECK(client.read().starts_with("HTTP/1.1 200 "));
    CHECK(environment::Sql(other->superuserUrl())
              .rows("SELECT count(*) FROM intake.fichiers WHERE octets = 10485760")[0][0] == "200");
    const auto most = memory(other->process("intake-0").pid, "VmHWM");
    std::printf("intake held %.0f MiB at most\n", most);
    CHECK(most > 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    CHECK(most < 150);
#endif
}

TEST_CASE("without a database an upload is refused and leaves nothing in storage") {
    const auto other = otherPlatform({{"HISTOLOGE_INTAKE_ANTIVIRUS", "unix:/nonexistent/clamd.sock"}});
    const auto send = [&] {
        return uploadTo(other->uploadPort(), "signalement[documents]", "note.txt", "Du texte.\n");
    };
    CHECK(send().status == 200);
    other->killPostgres();
    CHECK(send().status == 503);
    CHECK(countFiles(other->filesFolder()) == 1);
    other->startPostgres();
    CHECK(eventually([&] { return send().status == 200; }));
    CHECK(environment::Sql(other->superuserUrl()).rows("SELECT count(*) FROM intake.fichiers")[0][0] == "2");
    CHECK(countFiles(other->filesFolder()) == 2);
}

TEST_CASE("from one address so many files are taken in an hour, whoever claims to forward them") {
    const auto other = otherPlatform(
        {{"HISTOLOGE_INTAKE_ANTIVIRUS", "unix:/nonexistent/clamd.sock"}, {"HISTOLOGE_INTAKE_UPLOADS_PER_HOUR", "2"}});
    const auto send = [&] {
        return uploadTo(other->uploadPort(), "signalement[documents]", "note.txt", "Du texte.\n");
    };
    CHECK(send().status == 200);
    CHECK(send().status == 200);
    const auto refused = send();
    CHECK(refused.status == 429);
    CHECK(refused.json().at("code") == "trop_de_fichiers");
    CHECK(refused.json().at("error").is_string());
    CHECK(refused.headers.at("RateLimit-Remaining") == "0");
    CHECK(std::stoi(refused.headers.at("Retry-After")) <= 3600);
    CHECK(countFiles(other->filesFolder()) == 2);
    // The address that the gateway saw is the last one: what stands before it, the client wrote.
    const auto from = [&](const std::string& addresses) {
        Client client(other->uploadPort());
        client.send("POST /signalement/handle HTTP/1.1\r\nHost: intake\r\nX-Forwarded-For: " + addresses +
                    "\r\nContent-Length: 0\r\n\r\n");
        return client.read().substr(9, 3);
    };
    CHECK(from("192.0.2.1") == "400");
    CHECK(from("198.51.100.7, 192.0.2.1") == "400");
    CHECK(from("203.0.113.9, 192.0.2.1") == "429");
    CHECK(from("192.0.2.2") == "400");
}
