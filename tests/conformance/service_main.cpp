// The test service as a process: prints its port, serves until SIGTERM, drains, ends with 0.
// Arguments: name=value with the names below, times in milliseconds.
#include <csignal>
#include <functional>
#include <iostream>
#include <map>

#include <pthread.h>

#include "libs/core/log.hpp"
#include "tests/unit/http/fixture.hpp"

using namespace histologe;

int main(int argc, char** argv) {
    http::ServerSettings settings;
    const std::map<std::string, std::function<void(long)>> names = {
        {"header", [&](long value) { settings.headerTimeout = std::chrono::milliseconds(value); }},
        {"body", [&](long value) { settings.bodyTimeout = std::chrono::milliseconds(value); }},
        {"idle", [&](long value) { settings.idleTimeout = std::chrono::milliseconds(value); }},
        {"write", [&](long value) { settings.writeTimeout = std::chrono::milliseconds(value); }},
        {"deadline", [&](long value) { settings.requestDeadline = std::chrono::milliseconds(value); }},
        {"io", [&](long value) { settings.ioThreads = static_cast<unsigned>(value); }},
        {"workers", [&](long value) { settings.workers = static_cast<unsigned>(value); }},
        {"queue", [&](long value) { settings.queueLimit = static_cast<std::size_t>(value); }},
    };
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        const auto equals = argument.find('=');
        names.at(argument.substr(0, equals))(std::stol(argument.substr(equals + 1)));
    }
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);

    core::Metrics metrics;
    core::log::setLevel(core::log::Level::Error);
    http::Server server(settings, http::testing::testContract(), http::testing::testRouter(), metrics);
    server.start();
    std::cout << server.port() << std::endl;
    int received = 0;
    sigwait(&ending, &received);
    return server.stop(std::chrono::seconds(9)) ? 0 : 1;
}
