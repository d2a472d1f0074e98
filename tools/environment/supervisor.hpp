// The programs of one run folder: started by name, remembered in a file, ended exactly.
#pragma once

#include <chrono>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "tools/environment/ports.hpp"
#include "tools/environment/process.hpp"

namespace histologe::environment {

// Keeps ports and processes by name in `<run folder>/state.json`, so that a later process finds them again. Owned
// (not detached), it ends everything it started when it is destroyed, and the kernel does so if this process is killed.
// One supervisor at a time holds a run folder. Safe from any thread.
class Supervisor {
  public:
    // Creates the folder. Throws std::runtime_error when another supervisor holds it.
    Supervisor(const std::filesystem::path& runFolder, bool detached);
    ~Supervisor();
    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;

    // The loopback port of that name, which is the program's name, a dot and what the port is for: the same as in the
    // last run while nobody else has taken it, else `preferred` when it is free, else any free one.
    int port(const std::string& name, int preferred = 0);

    // Gives other numbers to the ports of a program that does not run: somebody else came first to one of them.
    void changePorts(const std::string& program);

    // Starts a program under a name that runs nothing yet. `stopSignal` is how it is asked to end, within `patience`.
    void start(const std::string& name, Command command, int stopSignal, std::chrono::milliseconds patience);

    // Starts a program and waits for its end: its exit code. Killed after `limit`, then throws.
    int run(Command command, std::chrono::seconds limit);

    [[nodiscard]] bool isRunning(const std::string& name) const;
    // True when it runs a file that was since replaced: a rebuilt program.
    [[nodiscard]] bool isOutdated(const std::string& name) const;
    // Pid 0 when nothing runs under that name.
    [[nodiscard]] ProcessId process(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> running() const;

    // Each does nothing when the name runs nothing.
    void stop(const std::string& name);
    void stopWith(const std::string& name, int signal);
    void kill(const std::string& name);

    // Ends everything, the last started first.
    void stopAll();

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] std::filesystem::path log(const std::string& name) const;
    [[nodiscard]] bool detached() const { return detached_; }

  private:
    struct Entry {
        std::string name;
        ProcessId process;
        int stopSignal = SIGTERM;
        std::chrono::milliseconds patience{10000};
        std::string program;
        std::string stamp;
    };
    struct Port {
        std::string name;
        int number = 0;
        bool taken = false;
    };
    void read();
    void write() const;
    [[nodiscard]] const Entry* find(const std::string& name) const;
    void forget(const std::string& name);

    std::filesystem::path folder_;
    bool detached_;
    int lock_ = -1;
    mutable std::mutex mutex_;
    std::vector<Entry> entries_;
    std::vector<Port> portNumbers_;
    Ports ports_;
    Launcher launcher_;
};

}  // namespace histologe::environment
