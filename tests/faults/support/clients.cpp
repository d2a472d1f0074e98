#include "tests/faults/support/clients.hpp"

#include <functional>
#include <optional>

#include <httplib.h>

#include "libs/core/json.hpp"

namespace histologe::faults {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr char kJson[] = "application/json";

}  // namespace

// One client's connection and dice.
struct Clients::Hand {
    Hand(int port, unsigned long long seed) : http("127.0.0.1", port), random(seed) {
        http.set_keep_alive(true);
        http.set_tcp_nodelay(true);
        http.set_connection_timeout(2);
        http.set_read_timeout(15);
    }
    httplib::Client http;
    std::mt19937_64 random;
    std::map<std::string, int> troubles;

    // Asks until the answer is neither a lost connection nor a 5xx; empty when `end` passes first.
    std::optional<httplib::Response> insist(const std::function<httplib::Result()>& ask, steady_clock::time_point end) {
        while (steady_clock::now() < end) {
            const auto answer = ask();
            if (answer && answer->status < 500) return *answer;
            ++troubles[answer ? std::to_string(answer->status) : httplib::to_string(answer.error())];
            std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 150));
        }
        return std::nullopt;
    }
};

Clients::Clients(ClientSettings settings, const std::vector<Sample>& samples)
    : settings_(settings), samples_(samples), allowed_(settings.submissions), start_(steady_clock::now()) {
    std::mt19937_64 seeds(settings_.seed);
    working_ = settings_.threads;
    for (int i = 0; i < settings_.threads; ++i) threads_.emplace_back([this, seed = seeds()] { work(seed); });
}

Clients::~Clients() {
    {
        const std::lock_guard lock(mutex_);
        begun_ = settings_.submissions;
    }
    changed_.notify_all();
    join();
}

void Clients::allow(int total) {
    {
        const std::lock_guard lock(mutex_);
        allowed_ = total;
    }
    changed_.notify_all();
}

bool Clients::waitForAccepted(int count) const {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, settings_.patience, [&] { return acceptedCount_ >= count || working_ == 0; });
    return acceptedCount_ >= count;
}

void Clients::join() {
    for (auto& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

// The number of the next report, at its time; 0 when there is none left.
int Clients::next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return begun_ < allowed_ || begun_ >= settings_.submissions; });
    if (begun_ >= settings_.submissions) return 0;
    const int number = ++begun_;
    lock.unlock();
    std::this_thread::sleep_until(start_ + std::chrono::duration_cast<steady_clock::duration>(
                                               std::chrono::duration<double>(number / settings_.perSecond)));
    return number;
}

void Clients::work(unsigned long long seed) {
    Hand hand(settings_.port, seed);
    for (int number = next(); number != 0; number = next()) {
        file(hand, number, samples_[hand.random() % samples_.size()]);
    }
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [what, count] : hand.troubles) troubles_[what] += count;
        --working_;
    }
    changed_.notify_all();
}

void Clients::file(Hand& hand, int number, const Sample& sample) {
    const auto end = steady_clock::now() + settings_.patience;
    const auto complain = [&](const std::string& what, const std::optional<httplib::Response>& answer) {
        const std::lock_guard lock(mutex_);
        complaints_.push_back(
            "report " + std::to_string(number) + ", " + sample.name + ", " + what + ": " +
            (answer ? std::to_string(answer->status) + " " + answer->body.substr(0, 300) : "no answer in time"));
    };
    const auto draft = Sample::numbered(sample.draft, number);
    const auto made = hand.insist([&] { return hand.http.Post("/signalement-draft/envoi", draft, kJson); }, end);
    if (!made || made->status != 200) return complain("making the draft", made);
    const auto brouillon = core::parseJson(made->body).at("uuid").get<std::string>();

    const auto path = "/signalement-draft/" + brouillon + "/envoi";
    const auto body = Sample::numbered(sample.body, number);
    const auto submit = [&]() -> std::optional<std::string> {
        const auto answer = hand.insist([&] { return hand.http.Put(path, body, kJson); }, end);
        if (answer && answer->status == 200) {
            auto reference = core::parseJson(answer->body).value("signalementReference", "");
            if (!reference.empty()) return reference;
        }
        complain("submitting it", answer);
        return std::nullopt;
    };
    const auto reference = submit();
    if (!reference) return;
    if (hand.random() % 20 == 0) {
        const auto again = submit();
        if (!again) return;
        if (*again != *reference) complain("a second reference " + *again + " after " + *reference, std::nullopt);
    }
    {
        const std::lock_guard lock(mutex_);
        accepted_.push_back({number, &sample, brouillon, *reference});
        ++acceptedCount_;
    }
    changed_.notify_all();
}

}  // namespace histologe::faults
