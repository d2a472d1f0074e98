#include "tools/environment/supervisor.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libs/core/json.hpp"

namespace histologe::environment {
namespace {

std::string readFile(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// Start times count from the machine's start: those of an earlier one mean nothing.
std::string bootId() {
    return readFile("/proc/sys/kernel/random/boot_id");
}

std::string stampOf(const std::string& program) {
    struct stat entry {};
    if (stat(program.c_str(), &entry) != 0) {
        return {};
    }
    return std::to_string(entry.st_ino) + "-" + std::to_string(entry.st_size) + "-" +
           std::to_string(entry.st_mtim.tv_sec) + "." + std::to_string(entry.st_mtim.tv_nsec);
}

}  // namespace

Supervisor::Supervisor(const std::filesystem::path& runFolder, bool detached) : detached_(detached) {
    std::filesystem::create_directories(runFolder / "logs");
    folder_ = std::filesystem::canonical(runFolder);
    lock_ = open((folder_ / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0 || flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        if (lock_ >= 0) {
            close(lock_);
        }
        throw std::runtime_error("another program is working in " + folder_.string() + ": let it finish first");
    }
    read();
}

Supervisor::~Supervisor() {
    if (!detached_) {
        try {
            stopAll();
        } catch (const std::exception&) {
            // What cannot be ended here gets its death signal when this process ends.
        }
    }
    close(lock_);
}

void Supervisor::read() {
    const std::string text = readFile(folder_ / "state.json");
    if (text.empty()) {
        return;
    }
    const auto state = core::parseJson(text);
    for (const auto& [name, number] : state.at("ports").items()) {
        portNumbers_.push_back({name, number.get<int>(), false});
    }
    if (state.at("boot").get<std::string>() != bootId()) {
        return;
    }
    for (const auto& entry : state.at("processes")) {
        entries_.push_back({entry.at("name").get<std::string>(),
                            {entry.at("pid").get<pid_t>(), entry.at("startTime").get<unsigned long long>()},
                            entry.at("stopSignal").get<int>(),
                            std::chrono::milliseconds(entry.at("patienceMs").get<long>()),
                            entry.at("program").get<std::string>(),
                            entry.at("stamp").get<std::string>()});
    }
}

void Supervisor::write() const {
    core::Json state{{"boot", bootId()}, {"ports", core::Json::object()}, {"processes", core::Json::array()}};
    for (const auto& port : portNumbers_) {
        state["ports"][port.name] = port.number;
    }
    for (const auto& entry : entries_) {
        state["processes"].push_back({{"name", entry.name},
                                      {"pid", entry.process.pid},
                                      {"startTime", entry.process.startTime},
                                      {"stopSignal", entry.stopSignal},
                                      {"patienceMs", entry.patience.count()},
                                      {"program", entry.program},
                                      {"stamp", entry.stamp}});
    }
    const auto fresh = folder_ / "state.json.new";
    {
        std::ofstream file(fresh, std::ios::trunc);
        file << state.dump(2) << "\n";
        if (!file.flush()) {
            throw std::runtime_error("cannot write " + fresh.string());
        }
    }
    std::filesystem::rename(fresh, folder_ / "state.json");
}

const Supervisor::Entry* Supervisor::find(const std::string& name) const {
    const auto found =
        std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.name == name; });
    return found == entries_.end() ? nullptr : &*found;
}

void Supervisor::forget(const std::string& name) {
    std::erase_if(entries_, [&](const Entry& entry) { return entry.name == name; });
    write();
}

int Supervisor::port(const std::string& name, int preferred) {
    const std::lock_guard lock(mutex_);
    auto known =
        std::find_if(portNumbers_.begin(), portNumbers_.end(), [&](const Port& port) { return port.name == name; });
    if (known != portNumbers_.end()) {
        if (known->taken) {
            return known->number;
        }
        known->taken = true;
        // `intake-0.admin` is a port of the program `intake-0`: while that runs, the port is ours although it is not
        // free.
        const Entry* entry = find(name.substr(0, name.find('.')));
        if ((entry != nullptr && isAlive(entry->process)) || isPortFree(known->number)) {
            ports_.keep(known->number);
            return known->number;
        }
        known->number = ports_.take(preferred);
        write();
        return known->number;
    }
    portNumbers_.push_back({name, ports_.take(preferred), true});
    write();
    return portNumbers_.back().number;
}

void Supervisor::changePorts(const std::string& program) {
    const std::lock_guard lock(mutex_);
    for (auto& port : portNumbers_) {
        if (port.name.starts_with(program + ".")) {
            port.number = ports_.take();
            port.taken = true;
        }
    }
    write();
}

void Supervisor::start(const std::string& name, Command command, int stopSignal, std::chrono::milliseconds patience) {
    const std::lock_guard lock(mutex_);
    if (const Entry* entry = find(name); entry != nullptr && isAlive(entry->process)) {
        throw std::runtime_error(name + " is already running");
    }
    if (command.log.empty()) {
        command.log = log(name);
    }
    command.deathSignal = detached_ ? 0 : command.deathSignal;
    const std::string program = command.arguments.front();
    const ProcessId process = launcher_.start(command);
    std::erase_if(entries_, [&](const Entry& entry) { return entry.name == name; });
    entries_.push_back({name, process, stopSignal, patience, program, stampOf(program)});
    write();
}

int Supervisor::run(Command command, std::chrono::seconds limit) {
    if (command.log.empty()) {
        command.log = log(std::filesystem::path(command.arguments.front()).filename());
    }
    return launcher_.run(command, limit);
}

bool Supervisor::isRunning(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const Entry* entry = find(name);
    return entry != nullptr && isAlive(entry->process);
}

bool Supervisor::isOutdated(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const Entry* entry = find(name);
    return entry != nullptr && stampOf(entry->program) != entry->stamp;
}

ProcessId Supervisor::process(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const Entry* entry = find(name);
    return entry != nullptr && isAlive(entry->process) ? entry->process : ProcessId{};
}

std::vector<std::string> Supervisor::running() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& entry : entries_) {
        if (isAlive(entry.process)) {
            names.push_back(entry.name);
        }
    }
    return names;
}

void Supervisor::stop(const std::string& name) {
    stopWith(name, 0);
}

void Supervisor::stopWith(const std::string& name, int signal) {
    Entry ended;
    {
        const std::lock_guard lock(mutex_);
        const Entry* entry = find(name);
        if (entry == nullptr) {
            return;
        }
        ended = *entry;
    }
    // Without the lock: a program may take its patience to end while tests kill and start others.
    endProcess(ended.process, signal == 0 ? ended.stopSignal : signal, ended.patience);
    const std::lock_guard lock(mutex_);
    if (const Entry* entry = find(name); entry != nullptr && entry->process.pid == ended.process.pid) {
        forget(name);
    }
}

void Supervisor::kill(const std::string& name) {
    const std::lock_guard lock(mutex_);
    if (const Entry* entry = find(name); entry != nullptr) {
        killProcess(entry->process);
        forget(name);
    }
}

void Supervisor::stopAll() {
    std::vector<std::string> names;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& entry : entries_) {
            names.insert(names.begin(), entry.name);
        }
    }
    for (const auto& name : names) {
        stop(name);
    }
}

std::filesystem::path Supervisor::log(const std::string& name) const {
    return folder_ / "logs" / (name + ".log");
}

}  // namespace histologe::environment
