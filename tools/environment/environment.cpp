#include "tools/environment/environment.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <hiredis/hiredis.h>
#include <unistd.h>

#include "tools/environment/probe.hpp"

namespace histologe::environment {
namespace {

constexpr auto kReady = std::chrono::seconds(60);
constexpr auto kPatience = std::chrono::seconds(15);
constexpr int kTries = 3;

// The data of a PostgreSQL that could not stand in the run folder are where the link says, and only there.
void removeRunFolder(const std::filesystem::path& folder) {
    const auto link = folder / "postgres";
    if (std::filesystem::is_symlink(link)) {
        const auto target = std::filesystem::read_symlink(link);
        if (target.string().rfind("/var/tmp/histologe-", 0) == 0) {
            std::filesystem::remove_all(target);
        }
    }
    std::filesystem::remove_all(folder);
}

// What programs of earlier runs left because they were killed: folders `<name>-<pid>` of processes that are no more.
void removeLeftovers(const std::filesystem::path& runRoot) {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(runRoot, none)) {
        const std::string name = entry.path().filename();
        const auto dash = name.rfind('-');
        const std::string digits = dash == std::string::npos ? "" : name.substr(dash + 1);
        if (!digits.empty() && digits.size() < 9 &&
            std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isdigit(c) != 0; }) &&
            !identify(static_cast<pid_t>(std::stol(digits)))) {
            removeRunFolder(entry.path());
        }
    }
}

}  // namespace

const std::vector<std::string>& services() {
    static const std::vector<std::string> names{"intake", "scoring", "routing", "notification", "statistics"};
    return names;
}

Environment::Cleaner::~Cleaner() {
    if (!folder.empty()) {
        try {
            removeRunFolder(folder);
        } catch (const std::exception&) {
            // The next program's start removes what is left.
        }
    }
}

Environment::Environment(Settings settings)
    : settings_(std::move(settings)),
      cleaner_{settings_.detached || settings_.keepRunFolder ? std::filesystem::path() : settings_.runFolder},
      supervisor_(std::make_unique<Supervisor>(settings_.runFolder, settings_.detached)) {
    postgres_ = std::make_unique<PostgresServer>(
        *supervisor_, PostgresSettings{settings_.fsync, settings_.postgresOptions,
                                       settings_.sourceFolder / "deploy" / "postgres" / "roles.sql"});
}

Environment::~Environment() = default;

void Environment::leaveIfCurrent(const std::string& name) {
    if (supervisor_->isRunning(name) && supervisor_->isOutdated(name)) {
        supervisor_->stop(name);
    }
}

void Environment::start() {
    startPostgres();
    startRedis();
    startMailbox();
    if (settings_.antivirus) {
        startAntivirus();
    }
    for (const auto& service : services()) {
        for (int instance = 0; instance < instancesOf(service); ++instance) {
            startService(service, instance);
        }
    }
    startGateway();
}

void Environment::startService(const std::string& service, int instance) {
    const std::string name = instanceName(service, instance);
    leaveIfCurrent(name);
    if (supervisor_->isRunning(name)) {
        return;
    }
    if (instance == 0) {
        migrate(service);
    }
    for (int tries = 1;; ++tries) {
        Command command;
        command.arguments = {program(service)};
        command.variables = variablesOf(service, instance);
        command.workingFolder = supervisor_->folder();
        supervisor_->start(name, command, SIGTERM, kPatience);
        const int port = adminPort(service, instance);
        try {
            waitUntil([port] { return httpStatus(port, "/health/ready") == 200; }, kReady, *supervisor_, name);
            return;
        } catch (const std::runtime_error&) {
            // Not every program of a machine asks here for its ports: one may take ours before we have it.
            const bool isLate = !supervisor_->isRunning(name) &&
                                lastLines(supervisor_->log(name), 3).find("cannot listen on ") != std::string::npos;
            if (!isLate || tries == kTries) {
                throw;
            }
        }
        supervisor_->changePorts(name);
        if (supervisor_->isRunning("gateway")) {
            startGateway();
        }
    }
}

void Environment::runTool(const std::string& program, const std::vector<std::string>& arguments,
                          const std::map<std::string, std::string>& variables) {
    Command command;
    command.arguments = {settings_.buildFolder / "bin" / program};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.variables = variables;
    command.workingFolder = supervisor_->folder();
    command.log = supervisor_->log(arguments.empty() ? program : program + "-" + arguments.front());
    if (supervisor_->run(command, std::chrono::minutes(5)) != 0) {
        throw std::runtime_error(program + (arguments.empty() ? "" : " " + arguments.front()) +
                                 " failed:" + lastLines(command.log, 15));
    }
}

void Environment::loadReference() {
    const auto data = settings_.sourceFolder / "data";
    const auto variables = variablesOf("routing", 0);
    runTool("histologe", {"load", "territoires", data / "territoires.json"}, variables);
    runTool("histologe", {"load", "annuaire", data / "demo" / "annuaire.json"}, variables);
}

void Environment::writeOperatorFile() {
    const auto file = supervisor_->folder() / "operator.env";
    std::map<std::string, std::string> all;
    for (const auto& service : services()) {
        for (const auto& [name, value] : variablesOf(service, 0)) all[name] = value;
    }
    all["HISTOLOGE_AUTH_SIGNING_KEY_FILE"] = signingKeyFile();
    std::ofstream(file).close();
    std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::ofstream stream(file);
    for (const auto& [name, value] : all) stream << name << "='" << value << "'\n";
}

void Environment::migrate(const std::string& service) {
    runTool(program(service).filename(), {"migrate"}, variablesOf(service, 0));
}

void Environment::stop(const std::string& name) {
    supervisor_->stop(name);
}

void Environment::kill(const std::string& name, int signal) {
    if (signal != SIGKILL) {
        signalProcess(supervisor_->process(name), signal);
    } else if (name == "postgres") {
        postgres_->kill();
    } else {
        supervisor_->kill(name);
    }
}

void Environment::restart(const std::string& name) {
    // A frozen process cannot end politely.
    kill(name, SIGCONT);
    stop(name);
    if (name == "postgres") {
        startPostgres();
    } else if (name == "redis") {
        startRedis();
    } else if (name == "mailbox") {
        startMailbox();
    } else if (name == "antivirus") {
        startAntivirus();
    } else if (name == "gateway") {
        startGateway();
    } else {
        const auto dash = name.rfind('-');
        startService(name.substr(0, dash), std::stoi(name.substr(dash + 1)));
    }
}

void Environment::stopPostgres(bool immediate) {
    postgres_->stop(immediate);
}
void Environment::killPostgres() {
    postgres_->kill();
}
void Environment::killRedis() {
    supervisor_->kill("redis");
}

void Environment::flushAll() {
    redisContext* context = redisConnectWithTimeout("127.0.0.1", redisPort(), {5, 0});
    auto* reply =
        context == nullptr || context->err != 0 ? nullptr : static_cast<redisReply*>(redisCommand(context, "FLUSHALL"));
    const bool done = reply != nullptr && reply->type == REDIS_REPLY_STATUS;
    freeReplyObject(reply);
    redisFree(context);
    if (!done) {
        throw std::runtime_error("Redis could not be emptied");
    }
}

void Environment::stopAll() {
    supervisor_->stopAll();
}

void Environment::removeData() {
    stopAll();
    postgres_->remove();
    for (const auto* part : {"redis", "mailbox", "fichiers", "gateway"}) {
        std::filesystem::remove_all(supervisor_->folder() / part);
    }
}

bool Environment::isRunning(const std::string& name) const {
    return supervisor_->isRunning(name);
}
std::vector<std::string> Environment::running() const {
    return supervisor_->running();
}
ProcessId Environment::process(const std::string& name) const {
    return supervisor_->process(name);
}

Settings ownedSettings(const std::filesystem::path& sourceFolder, const std::filesystem::path& buildFolder,
                       const std::string& name) {
    const auto runRoot = sourceFolder / ".run";
    removeLeftovers(runRoot);
    Settings settings;
    settings.sourceFolder = sourceFolder;
    settings.buildFolder = buildFolder;
    settings.runFolder = runRoot / (name + "-" + std::to_string(getpid()));
    settings.logLevel = "warning";
    settings.keepRunFolder = std::getenv("HISTOLOGE_KEEP_RUN") != nullptr;
    return settings;
}

}  // namespace histologe::environment
