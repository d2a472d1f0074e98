#include "libs/files/image_program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "libs/core/error.hpp"
#include "libs/core/json.hpp"

namespace histologe::files {
namespace {

[[noreturn]] void cannotRun() {
    throw core::Error(core::ErrorKind::Unavailable, "images_indisponibles",
                      "Les photos ne peuvent pas être préparées pour le moment.");
}

// What the program prints until it closes its output, or until the time is over.
std::string readAll(int descriptor, std::chrono::steady_clock::time_point until) {
    std::string text;
    std::array<char, 1024> piece{};
    while (text.size() < 4096) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        pollfd wanted{descriptor, POLLIN, 0};
        const int ready = left.count() > 0 ? ::poll(&wanted, 1, static_cast<int>(left.count())) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) break;
        const auto got = ::read(descriptor, piece.data(), piece.size());
        if (got <= 0) break;
        text.append(piece.data(), static_cast<std::size_t>(got));
    }
    return text;
}

}  // namespace

ImageProgram::ImageProgram(std::filesystem::path program, std::chrono::seconds patience)
    : program_(std::move(program)), patience_(patience) {}

Images ImageProgram::make(const std::filesystem::path& picture, const std::filesystem::path& folder) const {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) cannotRun();
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    // Some libraries leave theirs open to children: a client's connection would end with the picture, a port be kept.
    ::posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    const std::array<const char*, 4> arguments = {program_.c_str(), picture.c_str(), folder.c_str(), nullptr};
    // Nothing of our environment: it holds secrets, and the program reads what strangers sent.
    const std::array<const char*, 2> environment = {"LC_ALL=C.UTF-8", nullptr};
    pid_t child = 0;
    const int status = ::posix_spawn(&child, program_.c_str(), &actions, nullptr,
                                     const_cast<char* const*>(arguments.data()),
                                     const_cast<char* const*>(environment.data()));
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (status != 0) {
        ::close(ends[0]);
        cannotRun();
    }
    const auto said = readAll(ends[0], std::chrono::steady_clock::now() + patience_);
    ::close(ends[0]);
    if (said.empty()) ::kill(child, SIGKILL);  // over time, or ending anyway
    int end = 0;
    while (::waitpid(child, &end, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(end) && WEXITSTATUS(end) == 127) cannotRun();
    if (WIFSIGNALED(end)) {
        throw core::Error(core::ErrorKind::Unavailable, "image_interrompue", "Cette photo n'a pas pu être préparée.");
    }
    const auto answer = core::Json::parse(said, nullptr, false);
    if (!WIFEXITED(end) || WEXITSTATUS(end) != 0 || !answer.is_object()) {
        throw core::Error(core::ErrorKind::InvalidInput, "image_illisible", "Cette photo ne peut pas être lue.");
    }
    Images images;
    images.mediaType = answer.value("mediaType", "");
    if (answer.contains("takenAt")) images.takenAt = answer.value("takenAt", "");
    return images;
}

}  // namespace histologe::files
