// bench-http [SECONDS]: requests a second of our server's smallest operation, beside the least that any server has to
// do: an epoll loop that reads, does not look, and writes a fixed answer. One I/O thread each, 64 connections kept
// open, loaded by wrk in turns; our server validates against its contract and writes its request log.
#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "libs/core/log.hpp"
#include "libs/http/server.hpp"

namespace {

using namespace histologe;
using core::Json;

constexpr int kConnections = 64;
constexpr int kTurns = 3;

// Both sides on cores of their own where there are two: what is measured is one thread of the server.
void pin(int core) {
    if (sysconf(_SC_NPROCESSORS_ONLN) < 2) return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<std::size_t>(core), &set);
    sched_setaffinity(0, sizeof set, &set);
}

// The bare loop: accepts and answers on one thread, whatever it is sent.
[[noreturn]] void serveBare(int channel) {
    static constexpr std::string_view kAnswer =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: "
        "21\r\n\r\n{\"message\":\"bonjour\"}";
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::listen(listening, 512);
    getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
    const auto port = ntohs(address.sin_port);
    if (::write(channel, &port, sizeof port) != sizeof port) _exit(1);
    const int poller = epoll_create1(0);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = listening;
    epoll_ctl(poller, EPOLL_CTL_ADD, listening, &event);
    char buffer[4096];
    while (true) {
        epoll_event events[64];
        const int count = epoll_wait(poller, events, 64, -1);
        for (int i = 0; i < count; ++i) {
            const int descriptor = events[i].data.fd;
            if (descriptor == listening) {
                const int accepted = ::accept4(listening, nullptr, nullptr, SOCK_NONBLOCK);
                if (accepted < 0) continue;
                event.data.fd = accepted;
                epoll_ctl(poller, EPOLL_CTL_ADD, accepted, &event);
            } else if (::recv(descriptor, buffer, sizeof buffer, 0) <= 0 ||
                       ::send(descriptor, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL) < 0) {
                ::close(descriptor);
            }
        }
    }
}

// The contract of the bench: the smallest operation that exists, and one that reads a document.
Json contract() {
    const Json message = {
        {"type", "object"}, {"required", {"message"}}, {"properties", {{"message", {{"type", "string"}}}}}};
    const Json answers = {{"200", {{"description", "ok"}, {"content", {{"application/json", {{"schema", message}}}}}}}};
    const Json depot = {
        {"type", "object"},
        {"required", {"reference", "adresse", "desordres"}},
        {"properties",
         {{"reference", {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]+$"}}},
          {"adresse",
           {{"type", "object"}, {"properties", {{"codePostal", {{"type", "string"}, {"pattern", "^[0-9]{5}$"}}}}}}},
          {"desordres", {{"type", "array"}, {"maxItems", 50}, {"items", {{"type", "string"}, {"maxLength", 60}}}}}}}};
    return {{"openapi", "3.1.0"},
            {"paths",
             {{"/bonjour", {{"get", {{"operationId", "bonjour"}, {"x-service", "bench"}, {"responses", answers}}}}},
              {"/depots",
               {{"post",
                 {{"operationId", "depot"},
                  {"x-service", "bench"},
                  {"requestBody", {{"required", true}, {"content", {{"application/json", {{"schema", depot}}}}}}},
                  {"responses", answers}}}}}}}};
}

[[noreturn]] void serveOurs(int channel) {
    core::log::start("bench", core::log::Level::Info);
    http::ServerSettings settings;
    settings.ioThreads = 1;
    settings.workers = 2;
    core::Metrics metrics;
    http::Router router;
    const auto greet = [](const http::Request&) { return http::Response::json(200, {{"message", "bonjour"}}); };
    router.bindInline("bonjour", greet);
    router.bind("depot", greet);
    http::Server server(settings, http::Contract::fromJson(contract()), router, metrics);
    server.start();
    const auto port = server.port();
    if (::write(channel, &port, sizeof port) != sizeof port) _exit(1);
    while (true) pause();
}

// A server in a process of its own, whose log goes nowhere but is written all the same.
class Child {
  public:
    explicit Child(const std::function<void(int)>& serve) {
        int channel[2];
        if (pipe2(channel, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
        process_ = fork();
        if (process_ == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            pin(0);
            const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
            dup2(nowhere, STDERR_FILENO);
            serve(channel[1]);
            _exit(1);
        }
        ::close(channel[1]);
        const bool isStarted = ::read(channel[0], &port_, sizeof port_) == sizeof port_;
        ::close(channel[0]);
        if (!isStarted) throw std::runtime_error("a server of the bench did not start");
    }
    ~Child() {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    // Processor time used so far.
    [[nodiscard]] double cpuSeconds() const {
        FILE* file = std::fopen(("/proc/" + std::to_string(process_) + "/stat").c_str(), "r");
        if (file == nullptr) return 0;
        char text[1024] = "";
        const auto size = std::fread(text, 1, sizeof text - 1, file);
        std::fclose(file);
        const auto* fields = static_cast<const char*>(memrchr(text, ')', size));
        long user = 0;
        long system = 0;
        if (fields == nullptr ||
            std::sscanf(fields, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user, &system) != 2)
            return 0;
        return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
    }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  private:
    pid_t process_ = -1;
    std::uint16_t port_ = 0;
};

struct Load {
    double perSecond = 0;
    std::string p99 = "?";
    double requests = 0;
    double cpuMicroseconds = 0;  // of the server, for one request
    bool isClean = true;
};

Load run(const Child& server, const std::string& path, double seconds, const std::string& options = "") {
    const std::string core = sysconf(_SC_NPROCESSORS_ONLN) < 2 ? "" : "taskset -c 1 ";
    char duration[16];
    std::snprintf(duration, sizeof duration, "%ds", std::max(1, static_cast<int>(std::lround(seconds))));
    const auto command = core + "wrk --latency -t1 -c" + std::to_string(kConnections) + " -d" + duration +
                         " -H 'Connection: keep-alive' " + options + " " + server.url() + path + " 2>&1";
    const auto before = server.cpuSeconds();
    FILE* output = popen(command.c_str(), "r");
    if (output == nullptr) throw std::runtime_error("wrk cannot be started");
    Load load;
    char line[512];
    char word[64];
    while (fgets(line, sizeof line, output) != nullptr) {
        std::sscanf(line, "Requests/sec: %lf", &load.perSecond);
        std::sscanf(line, "%lf requests in", &load.requests);
        if (std::sscanf(line, " 99%% %63s", word) == 1) load.p99 = word;
        const std::string_view text(line);
        if (text.find("Non-2xx") != std::string_view::npos || text.find("Socket errors") != std::string_view::npos)
            load.isClean = false;
    }
    pclose(output);
    if (load.requests > 0) load.cpuMicroseconds = (server.cpuSeconds() - before) * 1e6 / load.requests;
    if (load.perSecond == 0) throw std::runtime_error("wrk gave no figure; is it installed?");
    return load;
}

Load median(std::vector<Load> loads) {
    std::sort(loads.begin(), loads.end(),
              [](const Load& left, const Load& right) { return left.perSecond < right.perSecond; });
    return loads[loads.size() / 2];
}

void print(const char* what, const Load& load) {
    std::printf("%-55s %8.0f requests a second, %5.1f us of processor each, p99 %s%s\n", what, load.perSecond,
                load.cpuMicroseconds, load.p99.c_str(), load.isClean ? "" : "  (with errors)");
}

// A script for wrk that posts a document of about a kilobyte.
std::string postScript() {
    const std::string path = "/tmp/histologe-bench-http-" + std::to_string(getpid()) + ".lua";
    Json document = {{"reference", "2026-12"},
                     {"adresse", {{"codePostal", "13001"}, {"commune", "Marseille"}}},
                     {"desordres", Json::array()}};
    for (int i = 0; i < 30; ++i) document["desordres"].push_back("desordres_logement_humidite_" + std::to_string(i));
    FILE* script = std::fopen(path.c_str(), "w");
    if (script == nullptr) throw std::runtime_error("cannot write " + path);
    std::fprintf(script,
                 "wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\nwrk.body = [[%s]]\n",
                 document.dump().c_str());
    std::fclose(script);
    return path;
}

}  // namespace

int main(int argc, char** argv) {
    const double seconds = (argc > 1 ? std::stod(argv[1]) : 21.0) / (2 * kTurns + 1);
    try {
        const Child bare(serveBare);
        const Child ours(serveOurs);
        std::vector<Load> limits;
        std::vector<Load> values;
        std::vector<double> ratios;
        for (int turn = 0; turn < kTurns; ++turn) {
            limits.push_back(run(bare, "/bonjour", seconds));
            values.push_back(run(ours, "/bonjour", seconds));
            ratios.push_back(values.back().perSecond / limits.back().perSecond);
        }
        const auto script = postScript();
        const auto posts = run(ours, "/depots", seconds, "-s " + script);
        ::unlink(script.c_str());
        std::sort(ratios.begin(), ratios.end());
        const auto limit = median(limits);
        const auto value = median(values);
        print("limit: bare epoll loop, no parsing, fixed answer", limit);
        print("our server, smallest operation, one I/O thread", value);
        print("our server, a validated document of 1 KB, on the pool", posts);
        const Json line{{"bench", "http"},
                        {"limit", std::llround(limit.perSecond)},
                        {"value", std::llround(value.perSecond)},
                        {"ratio", std::round(ratios[ratios.size() / 2] * 1000) / 1000},
                        {"post_per_second", std::llround(posts.perSecond)}};
        std::cout << line.dump() << std::endl;
        return value.isClean ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "bench-http: " << error.what() << "\n";
        return 2;
    }
}
