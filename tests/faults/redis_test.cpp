// Redis lost with its memory, or with its process: the streams are filled again from the log in PostgreSQL.
#include <thread>

#include <catch2/catch.hpp>

#include "tests/faults/support/campaign.hpp"

using namespace histologe::faults;

TEST_CASE("Redis killed and restarted loses nothing and repeats nothing") {
    Campaign campaign({"redis-killed"});
    campaign.start();
    for (int time = 1; time <= 4; ++time) {
        campaign.reach(time * 0.2);
        std::this_thread::sleep_for(campaign.moment(300));
        campaign.environment().killRedis();
        // Away for a moment, or for long enough that everybody notices and waits.
        std::this_thread::sleep_for(campaign.moment(time == 3 ? 3000 : 300));
        campaign.environment().restart("redis");
    }
    campaign.note("kills", 4);
    campaign.finish();
}

TEST_CASE("FLUSHALL in the middle loses nothing and repeats nothing") {
    Campaign campaign({"redis-emptied"});
    campaign.start();
    for (int time = 1; time <= 4; ++time) {
        campaign.reach(time * 0.2);
        std::this_thread::sleep_for(campaign.moment(300));
        campaign.environment().flushAll();
    }
    // And once more when nothing new will be said: whoever is behind then has nobody to wake the relays.
    campaign.reach(1);
    campaign.environment().flushAll();
    campaign.note("flushes", 5);
    campaign.finish();
}
