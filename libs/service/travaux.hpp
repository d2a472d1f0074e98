// The scheduled work of the service: selections of what is due, done pass by pass by one thread, or by name in a test.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "libs/core/clock.hpp"
#include "libs/core/metrics.hpp"
#include "libs/service/process.hpp"

namespace histologe::service {

// Work that is due at times. `passe` does a bounded part of what is due at the instant, commits, and returns how much
// it did: 0 when nothing is left. Doing it twice, late, or in two instances at once must be the same as doing it once.
struct Travail {
    std::string nom;
    std::chrono::milliseconds periode;  // between two looks at what is due
    std::function<int(core::Instant)> passe;
};

class Travaux : public Worker {
  public:
    // Throws std::logic_error when two have one name. Counts in `histologe_<service>_travaux_total`, by name and result.
    Travaux(const std::string& service, std::vector<Travail> travaux, const core::Clock& clock, core::Metrics& metrics);
    ~Travaux() override;

    // Does all that is due of one; returns how much. Throws what a pass threw, std::out_of_range for an unknown name.
    int execute(const std::string& nom);

    void start() override;
    // Finishes the pass in hand, joins.
    void stop() override;

  private:
    void run();
    int executeAll(const Travail& travail);

    const std::string metric_;
    std::vector<Travail> travaux_;
    const core::Clock& clock_;
    core::Metrics& metrics_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace histologe::service
