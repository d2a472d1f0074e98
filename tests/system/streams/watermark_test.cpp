// How far everybody has come: never beyond a number that is still to be committed, and what lies behind it is trimmed.
#include <catch2/catch.hpp>

#include "libs/streams/keys.hpp"
#include "tests/system/streams/flow.hpp"

using namespace histologe;
using namespace histologe::streams;
using namespace histologe::streams::test;

namespace {

long long entries(const Flow& flow) {
    Redis redis(servers().redisUrl());
    long long count = 0;
    for (std::uint32_t p = 0; p < flow.partitions(); ++p) count += redis.run({"XLEN", streamKey(p)}).integer();
    return count;
}

}  // namespace

TEST_CASE("a number drawn early and committed late is not taken for applied") {
    Flow flow;
    flow.startRelay();
    flow.startConsumer();
    flow.startOthers();
    const auto box = flow.outbox();
    const auto slow = flow.connect("intake");
    {
        postgres::Transaction late(*slow);
        box.add(late, {box.make("essai.dit", "tard", {{"numero", 1}})});
        late.query({"essai_attend", "SELECT 1"});  // the number is drawn now, and not yet committed
        flow.say("tot", upTo(20));
        REQUIRE(eventually([&] { return flow.countEffects() == 20; }));
        REQUIRE(eventually([&] { return flow.watermark() == 21; }));
        flow.stopConsumers();
        late.commit();
    }
    REQUIRE(eventually([&] { return flow.isPublished(); }));
    CHECK(flow.watermark() == 0);

    SECTION("Redis loses it before anybody has read it") {
        servers().flushAll();
    }
    SECTION("Redis loses it while the relay is away") {
        flow.stopRelays();
        servers().flushAll();
        flow.startRelay();
    }
    SECTION("nothing is lost") {}
    flow.startConsumer();
    flow.startOthers();
    CHECK(eventually([&] { return flow.effectsOf("tard") == upTo(1); }));
    CHECK(eventually([&] { return flow.watermark() == 21; }));
    CHECK(flow.effectsOf("tot") == upTo(20));
}

TEST_CASE("one service that is behind holds the mark and keeps its entries") {
    Flow flow(1);
    flow.startRelay();
    flow.startOthers();
    for (int number = 1; number <= 300; ++number) flow.say("s" + std::to_string(number), {number});
    REQUIRE(eventually([&] { return flow.isPublished(); }));
    // Two looks of the relay later it has had its chance to be wrong.
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    CHECK(flow.watermark() == 0);
    CHECK(entries(flow) == 300);
    flow.startConsumer();
    CHECK(eventually([&] { return flow.watermark() == 300; }));
    CHECK(flow.countEffects() == 300);
    CHECK(eventually([&] { return entries(flow) < 300; }));
}

TEST_CASE("a relay that starts again queues only what somebody may lack") {
    Flow flow;
    flow.startRelay();
    flow.startConsumer();
    flow.startOthers();
    flow.say("s", upTo(30));
    REQUIRE(eventually([&] { return flow.watermark() == 30; }));
    flow.stopRelays();
    servers().flushAll();
    flow.say("s", {31});
    flow.startRelay();
    CHECK(eventually([&] { return flow.watermark() == 31; }));
    CHECK(entries(flow) <= 1);
    CHECK(flow.effectsOf("s") == upTo(31));
}
