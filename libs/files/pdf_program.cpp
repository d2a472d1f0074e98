#include "libs/files/pdf_program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <thread>

#include "libs/core/error.hpp"
#include "libs/core/files.hpp"
#include "libs/core/ids.hpp"

namespace histologe::files {
namespace {

constexpr std::chrono::milliseconds kLook{20};
constexpr int kNoProgram = 127;

core::Error unavailable(const char* code, const std::string& detail = {}) {
    return {core::ErrorKind::Unavailable, code, "Le document ne peut pas être préparé pour le moment.", {}, detail};
}

// The two files of one rendering, removed at its end.
struct Papers {
    explicit Papers(const std::filesystem::path& folder) : base(folder / core::randomHex(16)) {}
    ~Papers() {
        std::error_code none;
        std::filesystem::remove(html(), none);
        std::filesystem::remove(pdf(), none);
    }
    Papers(const Papers&) = delete;
    Papers& operator=(const Papers&) = delete;
    [[nodiscard]] std::filesystem::path html() const { return base.string() + ".html"; }
    [[nodiscard]] std::filesystem::path pdf() const { return base.string() + ".pdf"; }
    std::filesystem::path base;
};

// Its exit status; killed when the time is over.
int waitFor(pid_t child, std::chrono::steady_clock::time_point until) {
    int end = 0;
    while (true) {
        const auto done = ::waitpid(child, &end, WNOHANG);
        if (done == child) return end;
        if (done < 0 && errno != EINTR) return -1;
        if (std::chrono::steady_clock::now() >= until) break;
        std::this_thread::sleep_for(kLook);
    }
    ::kill(child, SIGKILL);
    while (::waitpid(child, &end, 0) < 0 && errno == EINTR) {
    }
    return end;
}

}  // namespace

PdfProgram::PdfProgram(std::filesystem::path program, std::filesystem::path folder, std::chrono::seconds patience)
    : program_(std::move(program)), folder_(std::move(folder)), patience_(patience) {}

std::string PdfProgram::make(std::string_view html) const {
    std::filesystem::create_directories(folder_);
    const Papers papers(folder_);
    {
        std::ofstream file(papers.html(), std::ios::binary);
        file.write(html.data(), static_cast<std::streamsize>(html.size()));
        if (!file.flush()) throw unavailable("pdf_indisponible", "folder");
    }
    const auto in = papers.html().string();
    const auto out = papers.pdf().string();
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    const std::array<const char*, 9> arguments = {program_.c_str(), "-q",        "-e",        "utf-8", "--pdf-variant",
                                                  "pdf/ua-1",       in.c_str(), out.c_str(), nullptr};
    // Nothing of our environment: it holds secrets.
    const std::array<const char*, 3> environment = {"LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", nullptr};
    pid_t child = 0;
    const int status = ::posix_spawn(&child, program_.c_str(), &actions, nullptr,
                                     const_cast<char* const*>(arguments.data()),
                                     const_cast<char* const*>(environment.data()));
    ::posix_spawn_file_actions_destroy(&actions);
    if (status != 0) throw unavailable("pdf_indisponible", "spawn " + std::to_string(status));
    const int end = waitFor(child, std::chrono::steady_clock::now() + patience_);
    if (WIFEXITED(end) && WEXITSTATUS(end) == kNoProgram) throw unavailable("pdf_indisponible", "no program");
    if (!WIFEXITED(end) || WEXITSTATUS(end) != 0) throw unavailable("pdf_interrompu", "end " + std::to_string(end));
    return core::readFile(papers.pdf());
}

}  // namespace histologe::files
