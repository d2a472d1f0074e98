// bench-files [FILES]: uploads of 10 MiB accepted by intake on its upload port, 8 at a time, beside a program that
// writes the same bytes to the same disk, 8 at a time, each file synced with its folder; the same through the gateway,
// which keeps a request on disk until it is whole. Then 200 uploads at the same time: what intake's memory came to.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libs/core/ids.hpp"
#include "libs/core/json.hpp"
#include "libs/files/object_store.hpp"
#include "tools/environment/environment.hpp"

using namespace histologe;

namespace {

constexpr std::size_t kMiB = 1024 * 1024;
constexpr int kTogether = 8;
constexpr int kTurns = 5;

// A text of ten MiB: what is measured is the reception, not the pictures, which are made later by another process.
std::string body(const std::string& boundary) {
    std::string content = "--" + boundary +
                          "\r\nContent-Disposition: form-data; name=\"signalement[documents]\"; "
                          "filename=\"note.txt\"\r\nContent-Type: text/plain\r\n\r\n";
    const auto head = content.size();
    while (content.size() - head < 10 * kMiB - 64)
        content += "Le plafond de la chambre s'effrite depuis l'hiver dernier.\n";
    content.resize(head + 10 * kMiB, '.');
    return content + "\r\n--" + boundary + "--\r\n";
}

// One request on a connection of its own, as cheaply as can be: two cores are shared with what is measured.
std::string sendAndRead(int port, const std::vector<std::string_view>& pieces) {
    const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(static_cast<std::uint16_t>(port));
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::string answer;
    bool isGood = ::connect(connection, reinterpret_cast<const sockaddr*>(&place), sizeof(place)) == 0;
    for (auto piece : pieces) {
        while (isGood && !piece.empty()) {
            const auto gone =
                ::send(connection, piece.data(), std::min<std::size_t>(piece.size(), 256 * 1024), MSG_NOSIGNAL);
            isGood = gone > 0;
            if (isGood) piece.remove_prefix(static_cast<std::size_t>(gone));
        }
    }
    char bytes[4096];
    for (ssize_t got = 1; isGood && got > 0;) {
        got = ::recv(connection, bytes, sizeof(bytes), 0);
        if (got > 0) answer.append(bytes, static_cast<std::size_t>(got));
    }
    ::close(connection);
    return answer;
}

// Seconds in which `count` calls are made, `together` at a time.
template <typename Work>
double timed(int count, int together, const Work& work) {
    std::atomic<int> next{0};
    const auto began = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (int i = 0; i < together; ++i) {
        threads.emplace_back([&] {
            while (next++ < count) work();
        });
    }
    for (auto& thread : threads) thread.join();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

// MiB that the process holds, or held at most (`VmHWM`).
double memory(pid_t process, const std::string& what) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(what + ":")) return std::strtod(line.c_str() + what.size() + 1, nullptr) / 1024;
    }
    return 0;
}

// Seconds of processor that the process has used.
double cpuSeconds(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string text;
    std::getline(file, text);
    std::istringstream rest(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) rest >> skipped;
    double user = 0;
    double system = 0;
    rest >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double middle(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
    const int files = argc > 1 ? std::atoi(argv[1]) : 32;
    auto settings = environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "bench-files");
    settings.fsync = true;
    // The antivirus' work is not the reception's: it comes later, and would share these two cores with it.
    settings.variables["intake"]["HISTOLOGE_INTAKE_ANTIVIRUS"] = "unix:/nonexistent/clamd.sock";
    environment::Environment environment(settings);
    environment.startPostgres();
    environment.startRedis();
    environment.startService("intake");
    environment.startGateway();
    const auto boundary = core::randomHex(16);
    const auto sent = body(boundary);
    std::atomic<int> refused{0};
    const std::string head =
        "POST /signalement/handle HTTP/1.1\r\nHost: intake\r\nConnection: close\r\nContent-Type: "
        "multipart/form-data; boundary=" +
        boundary + "\r\nContent-Length: " + std::to_string(sent.size()) + "\r\n\r\n";
    const auto uploadTo = [&](int port) {
        if (!sendAndRead(port, {head, sent}).starts_with("HTTP/1.1 200 ")) ++refused;
    };
    const auto upload = [&, port = environment.uploadPort()] { uploadTo(port); };
    const auto uploadThrough = [&, port = environment.gatewayPort()] { uploadTo(port); };
    files::FolderStore beside(environment.settings().runFolder / "beside");
    const std::string_view bytes = std::string_view(sent).substr(0, 10 * kMiB);
    const auto write = [&] {
        auto object = beside.begin("2026/11/" + core::randomHex(16) + ".txt");
        for (std::size_t at = 0; at < bytes.size(); at += 64 * 1024) object->write(bytes.substr(at, 64 * 1024));
        object->commit();
    };
    timed(kTogether, kTogether, upload);
    // Other programs share the machine: the middle one of several turns, each with all three, one after the other.
    std::vector<double> limits;
    std::vector<double> values;
    std::vector<double> throughs;
    const auto process = environment.process("intake-0").pid;
    const double cpuBefore = cpuSeconds(process);
    for (int turn = 0; turn < kTurns; ++turn) {
        limits.push_back(files * 10.0 / timed(files, kTogether, write));
        values.push_back(files * 10.0 / timed(files, kTogether, upload));
        throughs.push_back(files * 10.0 / timed(files, kTogether, uploadThrough));
        std::printf("written and synced %.0f MiB/s; accepted %.0f MiB/s, through the gateway %.0f MiB/s\n",
                    limits.back(), values.back(), throughs.back());
    }
    const double perCpuSecond = 2.0 * kTurns * files * 10 / (cpuSeconds(process) - cpuBefore);
    const double limit = middle(limits);
    const double value = middle(values);
    std::printf("a second of intake's processor takes %.0f MiB\n", perCpuSecond);
    const double before = memory(process, "VmRSS");
    const double seconds = timed(200, 200, upload);
    const double most = memory(process, "VmHWM");
    std::printf("200 uploads at once: %.1f s, intake held %.0f MiB before and %.0f MiB at most; %d refused in all\n",
                seconds, before, most, refused.load());
    std::printf("%s\n", core::dumpJson({{"bench", "files"},
                                        {"limit", limit},
                                        {"value", value},
                                        {"ratio", value / limit},
                                        {"gateway_mib_per_second", middle(throughs)},
                                        {"resident_mib", most},
                                        {"refused", refused.load()}})
                            .c_str());
    return refused == 0 && most < 150 ? 0 : 1;
}
