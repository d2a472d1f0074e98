#include "tests/conformance/harness.hpp"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace histologe::http::conformance {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

std::uint16_t freePort() {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address);
    getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(descriptor);
    return ntohs(address.sin_port);
}

pid_t start(const std::vector<std::string>& command, int output, unsigned maxDescriptors) {
    std::vector<char*> arguments;
    for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    const pid_t process = fork();
    if (process != 0) return process;
    if (maxDescriptors > 0) {
        const rlimit limit{maxDescriptors, maxDescriptors};
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    if (output >= 0) dup2(output, STDOUT_FILENO);
    execvp(arguments[0], arguments.data());
    _exit(127);
}

void end(pid_t process, int signalNumber) {
    if (process <= 0) return;
    kill(process, signalNumber);
    for (int i = 0; i < 200; ++i) {
        if (waitpid(process, nullptr, WNOHANG) != 0) return;
        std::this_thread::sleep_for(10ms);
    }
    kill(process, SIGKILL);
    waitpid(process, nullptr, 0);
}

std::string nginxConfiguration(const std::string& folder, std::uint16_t port, std::uint16_t servicePort,
                               bool ignoresAborts) {
    std::string problems;
    for (const auto* status : {"400", "405", "408", "413", "414", "429", "431", "501", "502", "503", "504", "505"}) {
        problems += std::string("    location = /_") + status +
                    " { internal; default_type application/problem+json; return " + status +
                    " '{\"type\":\"urn:histologe:probleme:passerelle\",\"title\":\"Erreur\",\"status\":" + status +
                    ",\"detail\":\"La demande ne peut pas aboutir.\",\"code\":\"passerelle\"}'; }\n";
    }
    const auto text = [](std::uint16_t number) { return std::to_string(number); };
    return std::string(geteuid() == 0 ? "user root;\n" : "") + "worker_processes 1;\ndaemon off;\npid " + folder +
           "/pid;\nerror_log " + folder +
           "/error.log crit;\nworker_rlimit_nofile 4096;\nevents { worker_connections 2000; }\nhttp {\n  access_log "
           "off;\n" +
           "  client_body_temp_path " + folder + "/body;\n  proxy_temp_path " + folder +
           "/proxy;\n  fastcgi_temp_path " + folder + "/f;\n  uwsgi_temp_path " + folder + "/u;\n  scgi_temp_path " +
           folder + "/s;\n" + "  client_header_timeout 10s;\n  client_body_timeout 10s;\n  client_max_body_size 1m;\n" +
           "  large_client_header_buffers 4 16k;\n  merge_slashes off;\n  server_tokens off;\n" +
           "  upstream service { server 127.0.0.1:" + text(servicePort) + "; keepalive 64; }\n" +
           "  server {\n    listen 127.0.0.1:" + text(port) +
           " backlog=1024;\n    server_name localhost;\n    proxy_http_version 1.1;\n" +
           "    proxy_set_header Connection \"keep-alive\";\n    proxy_set_header Host $host;\n" +
           "    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n    proxy_set_header X-Request-Id "
           "$request_id;\n" +
           "    proxy_ignore_client_abort " + (ignoresAborts ? "on" : "off") + ";\n    proxy_next_upstream off;\n" +
           "    proxy_request_buffering on;\n    proxy_buffering on;\n    proxy_read_timeout 30s;\n" +
           "    error_page 400 /_400;\n    error_page 405 /_405;\n    error_page 408 /_408;\n    error_page 413 "
           "/_413;\n" +
           "    error_page 414 /_414;\n    error_page 494 =431 /_431;\n    error_page 501 /_501;\n    error_page 505 "
           "/_505;\n    error_page 502 /_502;\n    error_page 504 "
           "/_504;\n" +
           "    location / { proxy_pass http://service; }\n" + problems + "  }\n}\n";
}

}  // namespace

bool isServed(std::uint16_t port, std::chrono::milliseconds patience) {
    try {
        testing::RawClient client(port);
        client.send("GET /hello-pool HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        const auto answer = client.readAnswer(patience);
        return answer && answer->status == 200;
    } catch (const std::runtime_error&) {
        return false;
    }
}

ServiceProcess::ServiceProcess(std::vector<std::string> arguments, unsigned maxDescriptors) {
    arguments.insert(arguments.begin(), HISTOLOGE_BINARY_DIR "/bin/conformance_service");
    int channel[2];
    if (pipe2(channel, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    process_ = start(arguments, channel[1], maxDescriptors);
    ::close(channel[1]);
    // The first line is the port.
    std::string line;
    char c = 0;
    while (::read(channel[0], &c, 1) == 1 && c != '\n') line += c;
    ::close(channel[0]);
    if (line.empty()) {
        end(process_, SIGKILL);
        throw std::runtime_error("the service did not start");
    }
    port_ = static_cast<std::uint16_t>(std::stoul(line));
}

ServiceProcess::~ServiceProcess() {
    end(process_, SIGKILL);
}

bool ServiceProcess::isRunning() {
    if (process_ <= 0) return false;
    if (waitpid(process_, &status_, WNOHANG) == 0) return true;
    process_ = -1;
    return false;
}

bool ServiceProcess::isServing() {
    return isServed(port_, kSlowness * 5000ms) && isRunning();
}

void ServiceProcess::signal(int number) const {
    kill(process_, number);
}

int ServiceProcess::wait(std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (isRunning()) {
        if (std::chrono::steady_clock::now() > until) return -1;
        std::this_thread::sleep_for(10ms);
    }
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
}

double ServiceProcess::cpuSeconds() const {
    std::ifstream file("/proc/" + std::to_string(process_) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    text.erase(0, text.rfind(')') + 2);
    std::istringstream fields(text);
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::size_t ServiceProcess::openDescriptors() const {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(process_) + "/fd")) {
        (void)entry;
        ++count;
    }
    return count;
}

std::size_t ServiceProcess::residentKilobytes() const {
    std::ifstream file("/proc/" + std::to_string(process_) + "/statm");
    std::size_t total = 0;
    std::size_t resident = 0;
    file >> total >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) / 1024;
}

Gateway::Gateway(std::uint16_t servicePort, bool ignoresAborts) : port_(freePort()) {
    std::string pattern = (fs::temp_directory_path() / "histologe-gateway-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = pattern;
    std::ofstream(folder_ + "/nginx.conf") << nginxConfiguration(folder_, port_, servicePort, ignoresAborts);
    process_ = start({"nginx", "-p", folder_, "-e", folder_ + "/start.log", "-c", folder_ + "/nginx.conf"}, -1, 0);
    for (int i = 0; i < 300; ++i) {
        if (isServed(port_, 1000ms)) return;
        std::this_thread::sleep_for(20ms);
    }
    end(process_, SIGKILL);
    throw std::runtime_error("nginx did not start; is nginx-light installed?");
}

Gateway::~Gateway() {
    end(process_, SIGTERM);
    fs::remove_all(folder_);
}

}  // namespace histologe::http::conformance
