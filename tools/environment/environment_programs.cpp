// Starting what the services stand on: each returns when its program is ready.
#include <algorithm>
#include <fstream>

#include <sys/resource.h>

#include "tools/environment/environment.hpp"
#include "tools/environment/gateway.hpp"
#include "tools/environment/probe.hpp"

namespace histologe::environment {
namespace {

constexpr auto kReady = std::chrono::seconds(60);
constexpr auto kPatience = std::chrono::seconds(15);

}  // namespace

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

}  // namespace histologe::environment
