#include "tools/admin/services.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace histologe::admin {
namespace {

std::string variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') throw std::runtime_error(name + " is not set");
    return value;
}

}  // namespace

const std::vector<std::string>& services() {
    static const std::vector<std::string> kServices = {"intake", "scoring", "routing", "notification", "statistics"};
    return kServices;
}

std::string databaseUrl(const std::string& service) {
    std::string name = "HISTOLOGE_";
    for (const char c : service) name += static_cast<char>(c - 'a' + 'A');
    return variable(name + "_DATABASE_URL");
}

std::unique_ptr<postgres::Connection> connect(const std::string& service) {
    return std::make_unique<postgres::Connection>(databaseUrl(service), service);
}

std::string redisUrl() { return variable("HISTOLOGE_REDIS_URL"); }

std::uint32_t partitions() {
    const char* value = std::getenv("HISTOLOGE_PARTITIONS");
    return value == nullptr ? 16 : static_cast<std::uint32_t>(std::stoul(value));
}

int runProgram(const std::string& service, const std::string& argument) {
    const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / ("histologe-" + service);
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("cannot start " + program.string());
    if (child == 0) {
        unsetenv(kSigningKeyVariable);  // services verify tokens, they do not know this one
        execl(program.c_str(), program.c_str(), argument.c_str(), nullptr);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace histologe::admin
