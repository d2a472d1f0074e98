// Two instances of everything: one is enough.
#include <thread>

#include <catch2/catch.hpp>

#include "tests/faults/support/campaign.hpp"

using namespace histologe;
using namespace histologe::faults;

TEST_CASE("of two instances of every service one is killed and the other goes on") {
    Options options{"instances"};
    options.instances = 2;
    options.repeatsAllowed = true;
    Campaign campaign(options);
    campaign.start();
    campaign.reach(0.2);
    std::vector<std::string> killed;
    for (const auto& service : environment::services()) {
        std::this_thread::sleep_for(campaign.moment(400));
        killed.push_back(service + "-" + std::to_string(campaign.dice()() % 2));
        campaign.kill(killed.back());
    }
    // The others carry it alone for a while; then the dead return and the others die, for good.
    campaign.reach(0.6);
    for (const auto& name : killed) campaign.restart(name);
    campaign.reach(0.8);
    for (const auto& name : killed) {
        std::this_thread::sleep_for(campaign.moment(200));
        campaign.kill(name.substr(0, name.size() - 1) + (name.back() == '0' ? "1" : "0"));
    }
    campaign.note("kills", 2.0 * static_cast<double>(killed.size()));
    campaign.finish();
}
