#include "tools/environment/process.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace histologe::environment {
namespace {

struct Stat {
    char state = 0;
    unsigned long long startTime = 0;
};

std::optional<Stat> readStat(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    if (!std::getline(file, line)) {
        return std::nullopt;
    }
    // The name, in parentheses, may hold blanks and parentheses itself.
    std::istringstream rest(line.substr(line.rfind(')') + 1));
    Stat stat;
    rest >> stat.state;
    std::string skipped;
    for (int field = 4; field < 22; ++field) {
        rest >> skipped;
    }
    return rest >> stat.startTime ? std::optional<Stat>(stat) : std::nullopt;
}

// Everything the child needs, laid out before the fork: between fork and exec only async-signal-safe calls are allowed.
struct Prepared {
    explicit Prepared(const Command& command)
        : arguments(command.arguments),
          log(command.log),
          folder(command.workingFolder),
          account(command.account),
          deathSignal(command.deathSignal),
          parent(getpid()) {
        auto variables = command.variables;
        variables.emplace("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        variables.emplace("LANG", "C.UTF-8");
        // Where sanitizers report what they find in this process they shall in every other.
        for (const char* name : {"ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"}) {
            if (const char* value = std::getenv(name)) variables.emplace(name, value);
        }
        for (const auto& [name, value] : variables) {
            settings.push_back(name + "=" + value);
        }
        for (auto& text : arguments) {
            argv.push_back(text.data());
        }
        argv.push_back(nullptr);
        for (auto& text : settings) {
            envp.push_back(text.data());
        }
        envp.push_back(nullptr);
    }
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;

    std::vector<std::string> arguments;
    std::vector<std::string> settings;
    std::vector<char*> argv;
    std::vector<char*> envp;
    std::filesystem::path log;
    std::filesystem::path folder;
    std::optional<Account> account;
    int deathSignal;
    pid_t parent;
};

// `news` closes when the program has taken over; before that it takes the errno of what failed.
[[noreturn]] void becomeProgram(const Prepared& prepared, int output, int input, int news) {
    const auto refuse = [news] {
        const int reason = errno;
        [[maybe_unused]] const auto written = write(news, &reason, sizeof reason);
        _exit(127);
    };
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    signal(SIGPIPE, SIG_DFL);
    setsid();
    // No descriptor of ours (locks, ports, sockets) may live on in a child.
    close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    if (prepared.account) {
        const Account& account = *prepared.account;
        if (setgroups(account.groups.size(), account.groups.data()) != 0 || setgid(account.gid) != 0 ||
            setuid(account.uid) != 0) {
            refuse();
        }
    }
    if (prepared.deathSignal != 0) {
        // After the change of user, which clears it; and our parent may be gone already.
        prctl(PR_SET_PDEATHSIG, prepared.deathSignal);
        if (getppid() != prepared.parent) {
            _exit(0);
        }
    }
    if (chdir(prepared.folder.c_str()) != 0) {
        refuse();
    }
    execve(prepared.argv[0], prepared.argv.data(), prepared.envp.data());
    refuse();
    _exit(127);
}

ProcessId fork(const Command& command) {
    if (command.arguments.empty() || access(command.arguments.front().c_str(), X_OK) != 0) {
        throw std::runtime_error("the program " + (command.arguments.empty() ? "" : command.arguments.front()) +
                                 " is missing or cannot be run");
    }
    const Prepared prepared(command);
    const int output = open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    const int input = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int news[2] = {-1, -1};
    if (output < 0 || input < 0 || pipe2(news, O_CLOEXEC) != 0) {
        throw std::runtime_error("the log " + command.log.string() + " cannot be opened: " + std::strerror(errno));
    }
    const pid_t pid = ::fork();
    if (pid == 0) {
        becomeProgram(prepared, output, input, news[1]);
    }
    for (const int ours : {output, input, news[1]}) {
        close(ours);
    }
    // Until the program has taken over, the child holds copies of our locks.
    int reason = pid < 0 ? errno : 0;
    while (pid > 0 && read(news[0], &reason, sizeof reason) < 0 && errno == EINTR) {
    }
    close(news[0]);
    if (reason != 0) {
        if (pid > 0) {
            waitpid(pid, nullptr, 0);
        }
        throw std::runtime_error(command.arguments.front() + " cannot be started: " + std::strerror(reason));
    }
    // Not yet waited for, so the pid is still this child's even if it has ended.
    const auto stat = readStat(pid);
    return {pid, stat ? stat->startTime : 0};
}

bool reap(pid_t pid, int& status) {
    return waitpid(pid, &status, WNOHANG) == pid;
}

bool waitUntilGone(const ProcessId& process, std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    auto pause = std::chrono::microseconds(200);
    while (isAlive(process)) {
        if (std::chrono::steady_clock::now() >= end) {
            return false;
        }
        std::this_thread::sleep_for(pause);
        pause = std::min<std::chrono::microseconds>(pause * 2, std::chrono::milliseconds(20));
    }
    return true;
}

}  // namespace

std::optional<ProcessId> identify(pid_t pid) {
    const auto stat = readStat(pid);
    if (!stat || stat->state == 'Z' || stat->state == 'X') {
        return std::nullopt;
    }
    return ProcessId{pid, stat->startTime};
}

bool isAlive(const ProcessId& process) {
    if (process.pid <= 0) {
        return false;
    }
    const auto stat = readStat(process.pid);
    if (!stat || stat->startTime != process.startTime) {
        return false;
    }
    if (stat->state == 'Z' || stat->state == 'X') {
        int status = 0;
        reap(process.pid, status);
        return false;
    }
    return true;
}

void signalProcess(const ProcessId& process, int signal) {
    if (isAlive(process)) {
        ::kill(process.pid, signal);
    }
}

void endProcess(const ProcessId& process, int signal, std::chrono::milliseconds patience) {
    if (!isAlive(process)) {
        return;
    }
    if (::kill(process.pid, signal) != 0 && errno == EPERM) {
        throw std::runtime_error("process " + std::to_string(process.pid) +
                                 " belongs to another user and cannot be ended");
    }
    if (!waitUntilGone(process, patience)) {
        killProcess(process);
    }
}

void killProcess(const ProcessId& process) {
    if (!isAlive(process)) {
        return;
    }
    // The group first: nothing that the program started may outlive it.
    if (::kill(-process.pid, SIGKILL) != 0) {
        ::kill(process.pid, SIGKILL);
    }
    if (!waitUntilGone(process, std::chrono::seconds(10))) {
        throw std::runtime_error("process " + std::to_string(process.pid) + " does not end");
    }
    // The rest of the group dies a moment later; bounded, because where no init buries the dead they stay in it.
    for (int wait = 0; ::kill(-process.pid, 0) == 0 && wait < 100; ++wait) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

Launcher::Launcher() : thread_([this] { work(); }) {}

Launcher::~Launcher() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Launcher::work() {
    // Signals meant for the program are for its own threads.
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || task_; });
        if (!task_) {
            return;
        }
        task_();
        task_ = nullptr;
        changed_.notify_all();
    }
}

ProcessId Launcher::start(const Command& command) {
    ProcessId process;
    std::exception_ptr failure;
    bool done = false;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !task_; });
    task_ = [&] {
        try {
            process = fork(command);
        } catch (...) {
            failure = std::current_exception();
        }
        done = true;
    };
    changed_.notify_all();
    changed_.wait(lock, [&] { return done; });
    if (failure) {
        std::rethrow_exception(failure);
    }
    return process;
}

int Launcher::run(const Command& command, std::chrono::seconds limit) {
    const ProcessId process = start(command);
    const auto end = std::chrono::steady_clock::now() + limit;
    int status = 0;
    while (!reap(process.pid, status)) {
        if (std::chrono::steady_clock::now() > end) {
            killProcess(process);
            throw std::runtime_error(command.arguments.front() + " did not end within " +
                                     std::to_string(limit.count()) + " s");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string lastLines(const std::filesystem::path& file, int count) {
    std::ifstream input(file);
    std::deque<std::string> lines;
    for (std::string line; std::getline(input, line);) {
        lines.push_back(line);
        if (lines.size() > static_cast<std::size_t>(count)) {
            lines.pop_front();
        }
    }
    std::string text;
    for (const auto& line : lines) {
        text += "\n    " + line;
    }
    return text;
}

}  // namespace histologe::environment
