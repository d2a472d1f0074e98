// Every service dies at random moments.
#include <algorithm>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/faults/support/campaign.hpp"

using namespace histologe;
using namespace histologe::faults;

namespace {

constexpr int kRounds = 20;

}  // namespace

TEST_CASE("each service killed twenty times loses nothing and repeats no effect") {
    Options options{"kills"};
    options.repeatsAllowed = true;
    Campaign campaign(options);
    auto& clients = campaign.start();
    const int kills = kRounds * static_cast<int>(environment::services().size());
    // So many reports for each kill that the last one falls among the last reports.
    const int each = campaign.submissions() / kills;
    clients.allow(0);
    int killed = 0;
    for (int round = 0; round < kRounds; ++round) {
        auto order = environment::services();
        std::shuffle(order.begin(), order.end(), campaign.dice());
        for (const auto& service : order) {
            clients.allow(++killed * each);
            std::this_thread::sleep_for(campaign.moment(300));
            campaign.kill(service + "-0");
            campaign.restart(service + "-0");
        }
    }
    campaign.note("kills", killed);
    campaign.finish();
}
