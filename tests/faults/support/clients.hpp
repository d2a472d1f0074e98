// The public: threads that file reports over HTTP as the form does, and do not give up when the platform is in trouble.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/faults/support/expectation.hpp"

namespace histologe::faults {

// A report that was acknowledged: 200 with a reference.
struct Accepted {
    int number = 0;
    const Sample* sample = nullptr;
    std::string brouillon;
    std::string reference;
};

struct ClientSettings {
    int port = 0;  // of the gateway
    int submissions = 0;
    double perSecond = 0;  // all threads together, at most
    int threads = 6;
    unsigned long long seed = 0;
    std::chrono::seconds patience{180};  // how long one client tries one report
};

// Each report: a draft is made (POST), then submitted (PUT), each tried again on a lost connection, a timeout or a 5xx,
// always with the same draft once there is one. One in twenty is submitted again after it was acknowledged, as by a
// client that lost the answer. Whatever else is answered is a complaint.
class Clients {
  public:
    Clients(ClientSettings settings, const std::vector<Sample>& samples);
    ~Clients();

    // How many reports may have been begun in all, until it is called again; all of them at first.
    void allow(int total);
    // Waits until so many are acknowledged; false when the clients are done, or the patience passes, first.
    bool waitForAccepted(int count) const;
    [[nodiscard]] int acceptedSoFar() const { return acceptedCount_; }
    // Waits for the end of all clients.
    void join();

    // After join().
    [[nodiscard]] const std::vector<Accepted>& accepted() const { return accepted_; }
    [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }
    // What was answered before success, and how often: "503", "Connection"...
    [[nodiscard]] const std::map<std::string, int>& troubles() const { return troubles_; }

  private:
    struct Hand;
    void work(unsigned long long seed);
    int next();
    void file(Hand& hand, int number, const Sample& sample);

    ClientSettings settings_;
    const std::vector<Sample>& samples_;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    int allowed_;
    int begun_ = 0;
    std::atomic<int> acceptedCount_{0};
    std::atomic<int> working_{0};
    std::vector<Accepted> accepted_;
    std::vector<std::string> complaints_;
    std::map<std::string, int> troubles_;
    std::chrono::steady_clock::time_point start_;
    std::vector<std::thread> threads_;
};

}  // namespace histologe::faults
