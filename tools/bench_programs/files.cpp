// bench-files [FILES]: uploads of 10 MiB accepted by intake on its upload port, 8 at a time, beside a program that writes
// the same bytes to the same disk, 8 at a time, each file synced with its folder. Then 200 uploads at the same time: what
// intake's memory came to.
#include <fcntl.h>
#include <httplib.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "libs/core/ids.hpp"
#include "libs/core/json.hpp"
#include "libs/files/object_store.hpp"
#include "tools/environment/environment.hpp"

using namespace histologe;

namespace {

constexpr std::size_t kMiB = 1024 * 1024;
constexpr int kTogether = 8;

// A text of ten MiB: what is measured is the reception, not the pictures, which are made later by another process.
std::string body(const std::string& boundary) {
    std::string content = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"signalement[documents]\"; "
                          "filename=\"note.txt\"\r\nContent-Type: text/plain\r\n\r\n";
    const auto head = content.size();
    while (content.size() - head < 10 * kMiB - 64) content += "Le plafond de la chambre s'effrite depuis l'hiver dernier.\n";
    content.resize(head + 10 * kMiB, '.');
    return content + "\r\n--" + boundary + "--\r\n";
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

}  // namespace

int main(int argc, char** argv) {
    const int files = argc > 1 ? std::atoi(argv[1]) : 64;
    auto settings = environment::ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "bench-files");
    settings.fsync = true;
    // The antivirus' work is not the reception's: it comes later, and would share these two cores with it.
    settings.variables["intake"]["HISTOLOGE_INTAKE_ANTIVIRUS"] = "unix:/nonexistent/clamd.sock";
    environment::Environment environment(settings);
    environment.startPostgres();
    environment.startRedis();
    environment.startService("intake");
    const auto boundary = core::randomHex(16);
    const auto sent = body(boundary);
    const auto type = "multipart/form-data; boundary=" + boundary;
    std::atomic<int> refused{0};
    const auto upload = [&] {
        httplib::Client client("127.0.0.1", environment.uploadPort());
        client.set_read_timeout(120);
        client.set_write_timeout(120);
        const auto answer = client.Post("/signalement/handle", sent, type.c_str());
        if (!answer || answer->status != 200) ++refused;
    };
    files::FolderStore beside(environment.settings().runFolder / "beside");
    const std::string_view bytes = std::string_view(sent).substr(0, 10 * kMiB);
    const auto write = [&] {
        auto object = beside.begin("2026/11/" + core::randomHex(16) + ".txt");
        for (std::size_t at = 0; at < bytes.size(); at += 64 * 1024) object->write(bytes.substr(at, 64 * 1024));
        object->commit();
    };
    timed(kTogether, kTogether, upload);
    double limit = 0;
    double value = 0;
    constexpr int kTurns = 3;
    for (int turn = 0; turn < kTurns; ++turn) {
        const double alone = files * 10.0 / timed(files, kTogether, write);
        const double accepted = files * 10.0 / timed(files, kTogether, upload);
        std::printf("written and synced %.0f MiB/s; accepted %.0f MiB/s\n", alone, accepted);
        limit += alone / kTurns;
        value += accepted / kTurns;
    }
    const auto process = environment.process("intake-0").pid;
    const double before = memory(process, "VmRSS");
    const double seconds = timed(200, 200, upload);
    const double most = memory(process, "VmHWM");
    std::printf("200 uploads at once: %.1f s, intake held %.0f MiB before and %.0f MiB at most; %d refused in all\n", seconds,
                before, most, refused.load());
    std::printf("%s\n", core::dumpJson({{"bench", "files"}, {"limit", limit}, {"value", value}, {"ratio", value / limit},
                                        {"resident_mib", most}, {"refused", refused.load()}}).c_str());
    return refused == 0 && most < 150 ? 0 : 1;
}
