// An S3 server of our own (s3rver, from npm), which takes any signature of version 4.
#pragma once

#include <filesystem>
#include <thread>

#include <catch2/catch.hpp>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include "libs/core/ids.hpp"
#include "libs/files/s3_store.hpp"
#include "tools/environment/ports.hpp"
#include "tools/environment/probe.hpp"

extern char** environ;

namespace histologe::filestest {

class S3Server {
  public:
    S3Server() : folder_(std::filesystem::temp_directory_path() / ("histologe-s3-" + core::randomHex(6))) {
        std::filesystem::create_directories(folder_);
        const std::string script = HISTOLOGE_SOURCE_DIR "/tools/environment/s3/run";
        const auto port = std::to_string(port_);
        const std::vector<const char*> arguments = {script.c_str(), port.c_str(), folder_.c_str(), "histologe",
                                                    nullptr};
        REQUIRE(::posix_spawn(&process_, script.c_str(), nullptr, nullptr, const_cast<char* const*>(arguments.data()),
                              environ) == 0);
        for (int i = 0; i < 600 && environment::httpStatus(port_, "/") == 0; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }
    ~S3Server() {
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
        return {"http://127.0.0.1:" + std::to_string(port_),
                "histologe",
                "us-east-1",
                "S3RVER",
                "S3RVER",
                folder_ / "spool",
                std::chrono::seconds(10)};
    }

  private:
    std::filesystem::path folder_;
    environment::Ports ports_;
    int port_ = ports_.take();
    pid_t process_ = 0;
};

}  // namespace histologe::filestest
