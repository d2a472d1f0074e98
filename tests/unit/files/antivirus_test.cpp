// The client of clamd against a peer that answers what a test says; the real daemon is met in tests/system/files.
#include <catch2/catch.hpp>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "libs/core/error.hpp"
#include "libs/core/ids.hpp"
#include "libs/files/antivirus.hpp"

using namespace histologe;

namespace {

// Takes one connection, reads up to the piece of no bytes, answers.
class Peer {
  public:
    explicit Peer(std::string answer)
        : path_((std::filesystem::temp_directory_path() / ("clamd-" + core::randomHex(6))).string()) {
        listener_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path_.copy(address.sun_path, path_.size());
        REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
        REQUIRE(::listen(listener_, 1) == 0);
        thread_ = std::thread([this, answer = std::move(answer)] { serve(answer); });
    }
    ~Peer() {
        join();
        ::close(listener_);
        ::unlink(path_.c_str());
    }
    [[nodiscard]] std::string address() const { return "unix:" + path_; }
    // What came, once the client is done.
    const std::string& received() {
        join();
        return received_;
    }

  private:
    void join() {
        if (thread_.joinable()) thread_.join();
    }
    void serve(const std::string& answer) {
        const int client = ::accept(listener_, nullptr, nullptr);
        char piece[4096];
        while (!received_.ends_with(std::string_view("\0\0\0\0", 4))) {
            const auto got = ::read(client, piece, sizeof(piece));
            if (got <= 0) break;
            received_.append(piece, static_cast<std::size_t>(got));
        }
        // Not a check: it would be one of another thread than the test's. A client without its answer fails the test.
        [[maybe_unused]] const auto sent = ::write(client, answer.data(), answer.size());
        ::close(client);
    }

    std::string path_;
    int listener_ = -1;
    std::string received_;
    std::thread thread_;
};

const files::Source kTwoPieces = [](const auto& take) {
    take("abc");
    take("");
    take("de");
};

}  // namespace

TEST_CASE("a file is sent in pieces with their lengths, and the verdict is read") {
    Peer clean(std::string("stream: OK\0", 11));
    CHECK_FALSE(files::Antivirus(clean.address()).scan(kTwoPieces).virus);
    CHECK(clean.received() == std::string("zINSTREAM\0\0\0\0\3abc\0\0\0\2de\0\0\0\0", 27));
    Peer infected(std::string("stream: Histologe.Essai.UNOFFICIAL FOUND\0", 41));
    CHECK(files::Antivirus(infected.address()).scan(kTwoPieces).virus == "Histologe.Essai.UNOFFICIAL");
}

TEST_CASE("whatever is no verdict leaves the file unknown") {
    for (const auto& answer : {std::string("INSTREAM size limit exceeded. ERROR\0", 36), std::string("stream: OK"),
                              std::string("\0", 1), std::string(), std::string("stream:  FOUND\0", 15)}) {
        Peer peer(answer);
        try {
            static_cast<void>(files::Antivirus(peer.address()).scan(kTwoPieces));
            FAIL("a verdict was read in: " << answer);
        } catch (const core::Error& error) {
            CHECK(error.kind() == core::ErrorKind::Unavailable);
        }
    }
    const files::Antivirus nobody("unix:/nonexistent/clamd");
    CHECK_FALSE(nobody.answers());
    CHECK_THROWS_AS(nobody.scan(kTwoPieces), core::Error);
    CHECK_THROWS_AS(files::Antivirus("clamd"), std::invalid_argument);
    CHECK_THROWS_AS(files::Antivirus("unix:"), std::invalid_argument);
}
