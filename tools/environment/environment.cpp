#include "tools/environment/environment.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <hiredis/hiredis.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tools/environment/gateway.hpp"
#include "tools/environment/probe.hpp"
#include "tools/environment/variables.hpp"

namespace histologe::environment {
namespace {

constexpr auto kReady = std::chrono::seconds(60);
constexpr auto kPatience = std::chrono::seconds(15);
constexpr int kTries = 3;

std::string instanceName(const std::string& service, int instance) {
    return service + "-" + std::to_string(instance);
}

std::string url(const char* scheme, int port) {
    return std::string(scheme) + "://127.0.0.1:" + std::to_string(port);
}

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

void Environment::startPostgres() {
    postgres_->start();
}

void Environment::startRedis() {
    const int port = redisPort();
    if (supervisor_->isRunning("redis")) {
        return;
    }
    const auto folder = supervisor_->folder() / "redis";
    std::filesystem::create_directories(folder);
    Command server;
    server.arguments = {"/usr/bin/redis-server",
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        std::to_string(port),
                        "--dir",
                        folder,
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "everysec",
                        // The streams are cut as they are consumed: a rewrite of less would copy what is leaving anyway.
                        "--auto-aof-rewrite-min-size",
                        "512mb",
                        "--maxmemory-policy",
                        "noeviction",
                        "--daemonize",
                        "no",
                        "--protected-mode",
                        "yes",
                        "--set-proc-title",
                        "no"};
    const auto socket = (folder / "redis.sock").string();
    if (socket.size() < 107) {
        server.arguments.insert(server.arguments.end(), {"--unixsocket", socket, "--unixsocketperm", "700"});
    }
    server.arguments.insert(server.arguments.end(), settings_.redisOptions.begin(), settings_.redisOptions.end());
    server.workingFolder = folder;
    supervisor_->start("redis", server, SIGTERM, kPatience);
    waitUntil([port] { return isRedisServing(port); }, kReady, *supervisor_, "redis");
}

void Environment::startMailbox() {
    const int smtp = smtpPort();
    const int page = mailboxPort();
    leaveIfCurrent("mailbox");
    if (supervisor_->isRunning("mailbox")) {
        return;
    }
    Command program;
    const auto script = settings_.sourceFolder / "tools" / "mailbox";
    program.arguments = {"/usr/bin/python3", script,
                         "--smtp-port",      std::to_string(smtp),
                         "--http-port",      std::to_string(page),
                         "--folder",         supervisor_->folder() / "mailbox"};
    program.variables["PYTHONDONTWRITEBYTECODE"] = "1";
    program.workingFolder = supervisor_->folder();
    supervisor_->start("mailbox", program, SIGTERM, kPatience);
    waitUntil([page] { return httpStatus(page, "/messages") == 200; }, kReady, *supervisor_, "mailbox");
}

void Environment::startAntivirus() {
    if (supervisor_->isRunning("antivirus")) {
        return;
    }
    const auto folder = supervisor_->folder() / "antivirus";
    std::filesystem::create_directories(folder);
    const auto socket = antivirusAddress().substr(5);
    std::ofstream(folder / "clamd.conf") << "Foreground yes\n"
                                         << "LocalSocket " << socket << "\n"
                                         << "LocalSocketMode 600\n"
                                         << "FixStaleSocket yes\n"
                                         << "DatabaseDirectory "
                                         << (settings_.sourceFolder / "tools" / "environment" / "clamav").string() << "\n"
                                         << "StreamMaxLength 30M\n"
                                         << "MaxThreads 4\n"
                                         << "SelfCheck 0\n";
    Command daemon;
    daemon.arguments = {"/usr/sbin/clamd", "--config-file=" + (folder / "clamd.conf").string()};
    daemon.workingFolder = folder;
    supervisor_->start("antivirus", daemon, SIGTERM, kPatience);
    waitUntil([&socket] { return std::filesystem::is_socket(socket); }, kReady, *supervisor_, "antivirus");
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

void Environment::startGateway() {
    GatewaySettings gateway;
    gateway.port = gatewayPort();
    gateway.folder = supervisor_->folder() / "gateway";
    gateway.documentation = settings_.buildFolder / "api-doc";
    gateway.contract = settings_.buildFolder / "api" / "openapi.json";
    gateway.rate = settings_.gatewayRate;
    gateway.connections = settings_.gatewayConnections;
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        gateway.files = static_cast<int>(std::min<rlim_t>(files.rlim_max, 65536));
    }
    gateway.frontOrigins = {settings_.frontOrigin};
    for (const auto& service : services()) {
        for (int instance = 0; instance < instancesOf(service); ++instance) {
            gateway.upstreams[service].push_back("127.0.0.1:" + std::to_string(servicePort(service, instance)));
        }
    }
    for (int instance = 0; instance < instancesOf("intake"); ++instance) {
        gateway.upstreams["intake-upload"].push_back("127.0.0.1:" + std::to_string(uploadPort(instance)));
    }
    std::filesystem::create_directories(gateway.folder);
    const auto file = gateway.folder / "nginx.conf";
    const bool changed =
        writeGatewayConfiguration(gateway, settings_.sourceFolder / "deploy" / "nginx" / "nginx.conf.template", file);
    if (supervisor_->isRunning("gateway")) {
        if (!changed) {
            return;
        }
        supervisor_->stop("gateway");
    }
    Command nginx;
    nginx.arguments = {"/usr/sbin/nginx", "-p", gateway.folder, "-c", file, "-e", "stderr", "-g", "daemon off;"};
    nginx.workingFolder = gateway.folder;
    // SIGKILL to the master would leave its workers; SIGTERM makes it take them along.
    nginx.deathSignal = SIGTERM;
    supervisor_->start("gateway", nginx, SIGQUIT, kPatience);
    const int port = gatewayPort();
    waitUntil([port] { return httpStatus(port, "/health") == 200; }, kReady, *supervisor_, "gateway");
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

PostgresServer& Environment::postgres() {
    return *postgres_;
}
std::string Environment::databaseUrl(const std::string& service) const {
    return postgres_->url(service);
}
std::string Environment::superuserUrl() const {
    return postgres_->superuserUrl();
}
std::string Environment::redisUrl() {
    return url("redis", redisPort());
}
std::string Environment::smtpUrl() {
    return url("smtp", smtpPort());
}
std::string Environment::gatewayUrl() {
    return url("http", gatewayPort());
}
std::string Environment::mailboxUrl() {
    return url("http", mailboxPort());
}

int Environment::redisPort() {
    return supervisor_->port("redis.port");
}
int Environment::gatewayPort() {
    return supervisor_->port("gateway.port", settings_.gatewayPort);
}
int Environment::mailboxPort() {
    return supervisor_->port("mailbox.http", settings_.mailboxPort);
}
int Environment::smtpPort() {
    return supervisor_->port("mailbox.smtp");
}
int Environment::servicePort(const std::string& service, int instance) {
    return supervisor_->port(instanceName(service, instance) + ".http");
}
int Environment::adminPort(const std::string& service, int instance) {
    return supervisor_->port(instanceName(service, instance) + ".admin");
}
int Environment::uploadPort(int instance) {
    return supervisor_->port(instanceName("intake", instance) + ".upload");
}

std::filesystem::path Environment::log(const std::string& name) const {
    return supervisor_->log(name);
}
std::filesystem::path Environment::filesFolder() const {
    return supervisor_->folder() / "fichiers";
}

std::string Environment::antivirusAddress() const {
    return "unix:" + (supervisor_->folder() / "antivirus" / "clamd.sock").string();
}

std::filesystem::path Environment::program(const std::string& service) const {
    return settings_.buildFolder / "bin" / ("histologe-" + service);
}

int Environment::instancesOf(const std::string& service) const {
    const auto found = settings_.instances.find(service);
    return found == settings_.instances.end() ? 1 : found->second;
}

std::map<std::string, std::string> Environment::variablesOf(const std::string& service, int instance) {
    std::filesystem::create_directories(filesFolder());
    makeKeys();
    auto variables =
        serviceVariables(service, {{"databaseUrl", databaseUrl(service)},
                                   {"port", std::to_string(servicePort(service, instance))},
                                   {"adminPort", std::to_string(adminPort(service, instance))},
                                   {"uploadPort", service == "intake" ? std::to_string(uploadPort(instance)) : ""},
                                   {"redisUrl", redisUrl()},
                                   {"smtpUrl", smtpUrl()},
                                   {"apiDocument", settings_.buildFolder / "api" / "openapi.json"},
                                   {"dataDir", settings_.sourceFolder / "data"},
                                   {"filesDir", filesFolder()},
                                   {"antivirus", settings_.antivirus ? antivirusAddress() : "none"},
                                   {"linkSecrets", service == "intake" ? linkSecret() : ""},
                                   {"authKeysFile", publicKeysFile()},
                                   {"accessKeyFile", accessKeyFile()},
                                   {"signingKeyFile", signingKeyFile()},
                                   {"frontOrigins", settings_.frontOrigin},
                                   {"publicUrl", settings_.frontOrigin},
                                   {"logLevel", settings_.logLevel},
                                   {"partitions", std::to_string(settings_.partitions)}});
    for (const auto& whose : {std::string("*"), service}) {
        const auto further = settings_.variables.find(whose);
        if (further != settings_.variables.end()) {
            for (const auto& [name, value] : further->second) {
                variables[name] = value;
            }
        }
    }
    return variables;
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
