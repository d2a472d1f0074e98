// Redis may lose everything, refuse or die: what was committed reaches its readers all the same.
#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

#include "libs/streams/keys.hpp"
#include "tests/system/streams/flow.hpp"

using namespace histologe;
using namespace histologe::streams;
using namespace histologe::streams::test;

namespace {

std::string command(const Command& words) {
    return Redis(servers().redisUrl()).run(words).text();
}

}  // namespace

TEST_CASE("what Redis lost before anybody read it comes again, though nothing new is said") {
    Flow flow;
    flow.startRelay();
    flow.say("s", upTo(50));
    REQUIRE(eventually([&] { return flow.isPublished(); }));

    SECTION("emptied") {
        servers().flushAll();
    }
    SECTION("one node of a cluster emptied: one partition and its marks") {
        const auto partition = partitionOf("s", flow.partitions());
        command({"DEL", streamKey(partition), generationKey(partition, "intake")});
    }
    SECTION("emptied, and other services speak before this one notices") {
        flow.startRelay("routing");
        servers().flushAll();
        flow.say("s", {51}, "routing");
        flow.startOthers();
        flow.startConsumer();
        CHECK(eventually([&] { return flow.countEffects() == 51; }));
        CHECK(eventually([&] { return flow.watermark() == 50; }));
        return;
    }
    SECTION("killed, its file lost with it") {
        servers().killRedis();
        std::filesystem::remove_all(servers().settings().runFolder / "redis" / "appendonlydir");
        servers().restart("redis");
    }
    flow.startConsumer();
    CHECK(eventually([&] { return flow.countEffects() == 50; }));
    CHECK(flow.effectsOf("s") == upTo(50));
}

TEST_CASE("Redis emptied and killed while events are said") {
    Flow flow;
    flow.startRelay();
    flow.startConsumer();
    flow.startOthers();
    std::atomic<int> said{0};
    std::atomic<bool> stopping{false};
    std::thread producer([&] {
        while (!stopping) {
            const int number = said + 1;
            for (int s = 0; s < 5; ++s) flow.say("s" + std::to_string(s), {number});
            said = number;
        }
    });
    for (int time = 0; time < 3; ++time) {
        int before = said;
        CHECK(eventually([&] { return said > before + 10; }));
        servers().flushAll();
        before = said;
        CHECK(eventually([&] { return said > before + 10; }));
        servers().killRedis();
        servers().restart("redis");
    }
    stopping = true;
    producer.join();
    CHECK(eventually([&] { return flow.countEffects() >= 5 * said; }));
    for (int s = 0; s < 5; ++s) CHECK(flow.effectsOf("s" + std::to_string(s)) == upTo(said));
    CHECK(eventually([&] { return flow.watermark() == 5 * said; }));
}

TEST_CASE("Redis that is full refuses, and is filled once it has room again") {
    Flow flow;
    flow.startRelay();
    flow.startConsumer();
    flow.say("s", {1});
    REQUIRE(eventually([&] { return flow.countEffects() == 1; }));
    REQUIRE(command({"CONFIG", "SET", "maxmemory", "1"}) == "OK");
    flow.say("s", {2, 3});
    // Refused, they stay in the outbox.
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    CHECK(flow.one("SELECT count(*) FROM intake.evenements_a_publier WHERE numero > 1") == "2");
    REQUIRE(command({"CONFIG", "SET", "maxmemory", "0"}) == "OK");
    CHECK(eventually([&] { return flow.effectsOf("s") == upTo(3); }));
}

TEST_CASE("Redis that forgot its scripts is given them again") {
    Flow flow;
    flow.startRelay();
    flow.startConsumer();
    flow.say("s", {1});
    REQUIRE(eventually([&] { return flow.countEffects() == 1; }));
    command({"SCRIPT", "FLUSH"});
    flow.say("s", {2});
    CHECK(eventually([&] { return flow.effectsOf("s") == upTo(2); }));
}

TEST_CASE("of several relays one speaks, and another follows when it is gone") {
    Flow flow;
    auto& first = flow.startRelay();
    flow.startConsumer();
    flow.say("s", {1});
    REQUIRE(eventually([&] { return flow.countEffects() == 1; }));
    flow.startRelay();
    SECTION("stopped") {
        first.stop();
    }
    SECTION("its session ended") {
        flow.superuser().rows(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1 "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND (classid::bigint << 32 | objid::bigint) = hashtext('histologe.relais.intake')");
    }
    flow.say("s", {2});
    CHECK(eventually([&] { return flow.effectsOf("s") == upTo(2); }));
}

TEST_CASE("events that came before the partition of their month are moved there and published") {
    Flow flow;
    flow.startConsumer();
    // A service that was away for so long that no month was prepared for what it says now.
    const auto tables = flow.superuser().rows(
        "SELECT format('intake.%I', relname) FROM pg_class WHERE relnamespace = 'intake'::regnamespace AND relkind = "
        "'r' "
        "AND relispartition AND relname <> 'evenements_hors_mois'");
    REQUIRE(tables.size() == 3);
    for (const auto& row : tables) flow.superuser().run("DROP TABLE " + row[0].value());
    flow.say("s", upTo(5));
    CHECK(flow.one("SELECT count(*) FROM intake.evenements_hors_mois") == "5");
    std::atomic<bool> stopping{false};
    std::atomic<int> said{5};
    std::thread producer([&] {
        while (!stopping) flow.say("s", {++said});
    });
    flow.startRelay();
    CHECK(eventually([&] { return flow.one("SELECT count(*) FROM intake.evenements_hors_mois") == "0"; }));
    stopping = true;
    producer.join();
    CHECK(eventually([&] { return flow.countEffects() >= said; }));
    CHECK(flow.effectsOf("s") == upTo(said));
}
