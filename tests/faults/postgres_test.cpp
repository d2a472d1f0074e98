// PostgreSQL stops as if the power had failed, and recovers.
#include <thread>

#include <catch2/catch.hpp>

#include "tests/faults/support/campaign.hpp"

using namespace histologe::faults;

TEST_CASE("PostgreSQL stopped in immediate mode and restarted loses nothing and repeats nothing") {
    Campaign campaign({"postgres-stopped"});
    campaign.start();
    for (int time = 1; time <= 3; ++time) {
        campaign.reach(time * 0.25);
        std::this_thread::sleep_for(campaign.moment(300));
        campaign.environment().stopPostgres(true);
        // Away for a moment, or for longer than a request waits.
        std::this_thread::sleep_for(campaign.moment(time == 2 ? 3000 : 300));
        campaign.environment().startPostgres();
    }
    campaign.note("stops", 3);
    campaign.finish();
}
