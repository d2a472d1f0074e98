// Several instances: each partition has one reader at a time, and another when that one is gone.
#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

#include "libs/streams/keys.hpp"
#include "tests/system/streams/flow.hpp"

using namespace histologe;
using namespace histologe::streams;
using namespace histologe::streams::test;

namespace {

// Sessions that hold partitions of scoring, with how many each holds, most first.
constexpr char kHolders[] =
    "SELECT pid, count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted "
    "AND classid::bigint = hashtext('histologe.partition.scoring') & 4294967295 "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) GROUP BY pid ORDER BY count(*) "
    "DESC, pid";

std::vector<int> shares(const Flow& flow) {
    std::vector<int> held;
    for (const auto& row : flow.superuser().rows(kHolders)) held.push_back(std::stoi(row[1].value()));
    return held;
}

// Ends the session of one of the consumers, as a failing network or an administrator would.
bool endOneSession(const Flow& flow) {
    auto sql = flow.superuser();
    const auto holders = sql.rows(kHolders);
    return !holders.empty() &&
           sql.rows("SELECT pg_terminate_backend($1::int)", {holders[0][0].value()})[0][0].value() == "t";
}

// Says 1, 2, 3... about ten subjects until it is stopped.
class Talk {
  public:
    explicit Talk(Flow& flow)
        : thread_([this, &flow] {
              while (!stopping_) {
                  ++said_;
                  for (int s = 0; s < 10; ++s) flow.say("s" + std::to_string(s), {said_});
              }
          }) {}
    ~Talk() { stop(); }
    int stop() {
        stopping_ = true;
        if (thread_.joinable()) thread_.join();
        return said_;
    }

  private:
    std::atomic<bool> stopping_{false};
    std::atomic<int> said_{0};
    std::thread thread_;
};

void checkAll(const Flow& flow, int said) {
    CHECK(eventually([&] { return flow.countEffects() >= 10 * said; }));
    for (int s = 0; s < 10; ++s) CHECK(flow.effectsOf("s" + std::to_string(s)) == upTo(said));
}

}  // namespace

TEST_CASE("instances share the partitions evenly and hand over when one leaves") {
    Flow flow(8);
    flow.startRelay();
    auto& first = flow.startConsumer();
    REQUIRE(eventually([&] { return shares(flow) == std::vector<int>{8}; }));
    Talk talk(flow);
    flow.startConsumer();
    CHECK(eventually([&] { return shares(flow) == std::vector<int>{4, 4}; }));
    first.stop();
    CHECK(eventually([&] { return shares(flow) == std::vector<int>{8}; }));
    checkAll(flow, talk.stop());
}

TEST_CASE("a reader whose session ends loses nothing, repeats nothing and keeps the order") {
    Flow flow(8);
    flow.startRelay();
    flow.startConsumer("scoring", 16);
    flow.startConsumer("scoring", 16);
    REQUIRE(eventually([&] { return shares(flow) == std::vector<int>{4, 4}; }));
    Talk talk(flow);
    for (int time = 0; time < 6; ++time) {
        const auto before = flow.countEffects();
        CHECK(eventually([&] { return endOneSession(flow); }));
        CHECK(eventually([&] { return flow.countEffects() > before + 20; }));
    }
    checkAll(flow, talk.stop());
    CHECK(eventually([&] { return shares(flow) == std::vector<int>{4, 4}; }));
}

TEST_CASE("an entry handed to a reader that had lost its partition is read again, before what follows it") {
    Flow flow(1);
    flow.startRelay();
    flow.startConsumer();
    flow.say("s", {1});
    REQUIRE(eventually([&] { return flow.countEffects() == 1; }));
    // What a frozen instance does that wakes after another has taken over: it takes one entry under the group's name
    // and finds that its session is gone.
    Redis redis(servers().redisUrl(), std::chrono::seconds(20));
    std::thread sayer([&] {
        for (int number = 2; number <= 40; ++number) flow.say("s", {number});
    });
    long long taken = 0;
    while (taken == 0) {
        const auto reply = redis.run({"XREADGROUP", "GROUP", "scoring", "lecteur", "COUNT", "5", "BLOCK", "10000",
                                      "STREAMS", streamKey(0), ">"});
        taken = static_cast<long long>(reply.size());
    }
    sayer.join();
    CHECK(eventually([&] { return flow.countEffects() == 40; }));
    CHECK(flow.effectsOf("s") == upTo(40));
}
