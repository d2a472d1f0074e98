// One fault, two thousand reports: everything runs for real, the fault happens while reports are filed, and at the end
// all that was acknowledged is there, once.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/faults/support/clients.hpp"
#include "tests/faults/support/expectation.hpp"
#include "tests/faults/support/mailbox.hpp"
#include "tools/environment/environment.hpp"
#include "tools/environment/sql.hpp"

namespace histologe::faults {

struct Options {
    std::string name;
    double perSecond = 100;
    int instances = 1;  // of every service
    // A mail may come again under its Message-ID: a process was killed, maybe between the mail server's acceptance and
    // the record of it.
    bool repeatsAllowed = false;
    std::map<std::string, std::map<std::string, std::string>> variables{};  // further ones, by service
};

// HISTOLOGE_FAULTS_SEED replays the dice of a failure (thread timing remains the machine's);
// HISTOLOGE_FAULTS_SUBMISSIONS makes campaigns shorter or longer than 2 000 reports.
class Campaign {
  public:
    // Starts everything, with the demonstration directory loaded and heard of.
    explicit Campaign(Options options);
    ~Campaign();

    [[nodiscard]] environment::Environment& environment() { return *environment_; }
    [[nodiscard]] Mailbox mailbox() { return Mailbox(environment_->mailboxPort()); }
    [[nodiscard]] environment::Sql superuser() { return environment::Sql(environment_->superuserUrl()); }
    [[nodiscard]] std::mt19937_64& dice() { return dice_; }
    // A number of milliseconds below `most`, by the dice.
    [[nodiscard]] std::chrono::milliseconds moment(int most);
    [[nodiscard]] int submissions() const { return submissions_; }

    // Reports begin to be filed. Nothing else waits for them: the fault is up to the test.
    Clients& start();
    // Waits until this part of the reports (0 to 1) is acknowledged; fails the test if the clients end first.
    void reach(double part);
    // SIGKILL to an instance of a service ("intake-0"), and its return. Those not killed, or returned, must run at the
    // end.
    void kill(const std::string& name);
    void restart(const std::string& name);
    // A figure for the last line.
    void note(const std::string& what, double value);

    // Waits until all reports are acknowledged and all their consequences have happened, then checks every invariant
    // and prints the figures. `patience` bounds the wait after the last report; with HISTOLOGE_FAULTS_WATCH set, what
    // it waits for is printed. May be called again after something that must change nothing.
    void finish(std::chrono::seconds patience = std::chrono::seconds(180));

    // True when `isSo` becomes true within `limit`.
    static bool eventually(const std::function<bool()>& isSo, std::chrono::seconds limit = std::chrono::seconds(180));

  private:
    void awaitDirectory();
    // What is still to happen, one word each; empty when all is done.
    [[nodiscard]] std::string remaining();
    void print(double seconds, double drain) const;

    Options options_;
    unsigned long long seed_;
    int submissions_;
    std::mt19937_64 dice_;
    std::vector<Sample> samples_;
    std::unique_ptr<environment::Environment> environment_;
    std::unique_ptr<Clients> clients_;
    std::chrono::steady_clock::time_point started_;
    std::set<std::string> killed_;
    std::vector<std::pair<std::string, double>> figures_;
};

}  // namespace histologe::faults
