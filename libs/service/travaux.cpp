#include "libs/service/travaux.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "libs/core/error.hpp"
#include "libs/core/log.hpp"

namespace histologe::service {
namespace {

constexpr char kHelp[] = "items that scheduled work dealt with, and passes that failed";

}  // namespace

Travaux::Travaux(const std::string& service, std::vector<Travail> travaux, const core::Clock& clock,
                 core::Metrics& metrics)
    : metric_("histologe_" + service + "_travaux_total"), travaux_(std::move(travaux)), clock_(clock), metrics_(metrics) {
    std::set<std::string> names;
    for (const auto& one : travaux_) {
        if (!names.insert(one.nom).second) throw std::logic_error("two jobs are named " + one.nom);
        metrics_.counter(metric_, kHelp, {{"travail", one.nom}, {"resultat", "fait"}}).add(0);
        metrics_.counter(metric_, kHelp, {{"travail", one.nom}, {"resultat", "echec"}}).add(0);
    }
}

Travaux::~Travaux() {
    stop();
}

int Travaux::execute(const std::string& nom) {
    const auto found = std::ranges::find(travaux_, nom, &Travail::nom);
    if (found == travaux_.end()) throw std::out_of_range("no job is named " + nom);
    return executeAll(*found);
}

int Travaux::executeAll(const Travail& travail) {
    int done = 0;
    while (true) {
        const int one = travail.passe(clock_.now());
        if (one == 0) break;
        done += one;
        metrics_.counter(metric_, kHelp, {{"travail", travail.nom}, {"resultat", "fait"}}).add(one);
        const std::lock_guard lock(mutex_);
        if (stopping_) break;
    }
    if (done > 0) core::log::info("job_done", {{"job", travail.nom}, {"items", std::to_string(done)}});
    return done;
}

void Travaux::start() {
    thread_ = std::thread([this] { run(); });
}

void Travaux::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    ended_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Travaux::run() {
    using Steady = std::chrono::steady_clock;
    std::vector<Steady::time_point> due(travaux_.size(), Steady::now());
    while (true) {
        for (std::size_t i = 0; i < travaux_.size(); ++i) {
            if (Steady::now() < due[i]) continue;
            due[i] = Steady::now() + travaux_[i].periode;
            try {
                executeAll(travaux_[i]);
            } catch (const core::Error& error) {
                // The database may be away: the next look finds what is still due.
                metrics_.counter(metric_, kHelp, {{"travail", travaux_[i].nom}, {"resultat", "echec"}}).add(1);
                core::log::warning("job_failed", {{"job", travaux_[i].nom}, {"code", error.code()}});
            }
        }
        std::unique_lock lock(mutex_);
        const auto next = due.empty() ? Steady::now() + std::chrono::hours(1) : *std::ranges::min_element(due);
        ended_.wait_until(lock, next, [this] { return stopping_; });
        if (stopping_) return;
    }
}

}  // namespace histologe::service
