// The S3 storage against a server of its own (s3rver, from npm), which takes any signature of version 4.
#include <catch2/catch.hpp>

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <thread>

#include "libs/core/ids.hpp"
#include "libs/files/s3_store.hpp"
#include "tools/environment/probe.hpp"

extern char** environ;

using namespace histologe;

namespace {

class Server {
  public:
    Server() : folder_(std::filesystem::temp_directory_path() / ("histologe-s3-" + core::randomHex(6))) {
        std::filesystem::create_directories(folder_);
        const std::string script = HISTOLOGE_SOURCE_DIR "/tools/environment/s3/run";
        port_ = 20000 + static_cast<int>(std::stoul(core::randomHex(2), nullptr, 16) % 20000);
        const auto port = std::to_string(port_);
        const std::vector<const char*> arguments = {script.c_str(), port.c_str(), folder_.c_str(), "histologe", nullptr};
        REQUIRE(::posix_spawn(&process_, script.c_str(), nullptr, nullptr,
                              const_cast<char* const*>(arguments.data()), environ) == 0);
        for (int i = 0; i < 600 && environment::httpStatus(port_, "/") == 0; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }
    ~Server() {
        stop();
        std::filesystem::remove_all(folder_);
    }
    void stop() {
        if (process_ == 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
        process_ = 0;
    }
    [[nodiscard]] files::S3Settings settings() const {
        return {"http://127.0.0.1:" + std::to_string(port_), "histologe", "us-east-1", "S3RVER", "S3RVER", folder_ / "spool",
                std::chrono::seconds(10)};
    }

  private:
    std::filesystem::path folder_;
    int port_ = 0;
    pid_t process_ = 0;
};

}  // namespace

TEST_CASE("objects go to S3 and come back; D-69: a lost server is an error, not a wait") {
    Server server;
    files::S3Store store(server.settings());
    const std::string content = std::string("\0\1\2", 3) + std::string(3 * 1024 * 1024, 'x');
    {
        auto abandoned = store.begin("2026/11/a.bin");
        abandoned->write("la moitié");
    }
    CHECK_THROWS_AS(store.read("2026/11/a.bin"), std::runtime_error);
    auto upload = store.begin("2026/11/a.bin");
    upload->write(std::string_view(content).substr(0, 1000));
    upload->write(std::string_view(content).substr(1000));
    upload->commit();
    CHECK(store.read("2026/11/a.bin") == content);
    store.remove("2026/11/a.bin");
    CHECK_THROWS_AS(store.read("2026/11/a.bin"), std::runtime_error);
    CHECK_NOTHROW(store.remove("2026/11/a.bin"));
    CHECK_THROWS_AS(store.begin("../a"), std::invalid_argument);

    server.stop();
    auto lost = store.begin("2026/11/c.bin");
    lost->write("x");
    CHECK_THROWS_AS(lost->commit(), std::runtime_error);
}
