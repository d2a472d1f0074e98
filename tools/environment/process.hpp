// Starting and ending programs: each in its own process group, its output in a file, known by pid and start time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

#include "tools/environment/account.hpp"

namespace histologe::environment {

struct Command {
    std::vector<std::string> arguments;            // the first is the absolute path of the program
    std::map<std::string, std::string> variables;  // the child's whole environment, but for PATH and LANG
    std::filesystem::path workingFolder = "/";
    std::filesystem::path log;       // standard output and error are appended to it
    std::optional<Account> account;  // whom to become; needs root
    int deathSignal = SIGKILL;       // what the child gets when this process dies, however it dies; 0: it lives on
};

// One process and no other: a pid alone is reused, a pid with its start time (clock ticks since the machine started,
// as in /proc/<pid>/stat) is not, until the machine restarts.
struct ProcessId {
    pid_t pid = 0;
    unsigned long long startTime = 0;
};

// True while the process runs (one that ended and was not yet waited for does not).
bool isAlive(const ProcessId& process);

// The process that has this pid now, if any runs.
std::optional<ProcessId> identify(pid_t pid);

// Sends the signal if the process still runs.
void signalProcess(const ProcessId& process, int signal);

// Ends a process with `signal`; after `patience` its whole process group is killed. Returns when it is gone. Throws
// std::runtime_error when it cannot be ended (it belongs to somebody else).
void endProcess(const ProcessId& process, int signal, std::chrono::milliseconds patience);

// Kills a process and its group at once and returns when it is gone.
void killProcess(const ProcessId& process);

// Starts programs from a thread of its own: the kernel sends the death signal when the thread that started the child
// ends, and that thread must be one that lives as long as this object.
class Launcher {
  public:
    Launcher();
    ~Launcher();
    Launcher(const Launcher&) = delete;
    Launcher& operator=(const Launcher&) = delete;

    // Starts a program and returns as soon as it has taken over the new process. Throws std::runtime_error that says
    // why it cannot be started.
    ProcessId start(const Command& command);

    // Starts a program and waits: its exit code, or 128 + the signal that ended it. Killed after `limit`, then throws.
    int run(const Command& command, std::chrono::seconds limit);

  private:
    void work();
    std::mutex mutex_;
    std::condition_variable changed_;
    std::function<void()> task_;
    bool stopping_ = false;
    std::thread thread_;
};

// The last lines of a file, for an error message; empty when there is none.
std::string lastLines(const std::filesystem::path& file, int count);

}  // namespace histologe::environment
