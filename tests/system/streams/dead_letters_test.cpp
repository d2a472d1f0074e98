// An event that fails: tried again, then left to the operator; what follows it about the same subject waits, nothing
// else.
#include "libs/streams/dead_letters.hpp"

#include <atomic>
#include <mutex>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "libs/streams/keys.hpp"
#include "tests/system/streams/flow.hpp"

using namespace histologe;
using namespace histologe::streams;
using namespace histologe::streams::test;

namespace {

// Refuses the first event about `mauvais` while it is told to.
struct Refusal {
    explicit Refusal(Flow& flow, int times = 1'000'000) : left(times) {
        flow.beforeEffect = [this](const Event& event, int number) {
            if (event.subject == "mauvais" && number == 1 && left > 0) {
                --left;
                ++refused;
                throw core::Error(core::ErrorKind::InvalidInput, "essai_refuse", "L'essai est refusé.");
            }
        };
    }
    std::atomic<int> left;
    std::atomic<int> refused{0};
};

std::vector<DeadLetter> letters(const Flow& flow) {
    return listDeadLetters(*flow.connect("scoring"));
}

bool isDead(const Flow& flow) {
    const auto all = letters(flow);
    return !all.empty() && all.front().status == "morte";
}

}  // namespace

TEST_CASE("an event that succeeds at a later try takes effect then, before those that came after it") {
    Flow flow;
    Refusal refusal(flow, 3);  // in its batch, alone, and once more
    flow.startRelay();
    flow.startConsumer();
    flow.say("mauvais", upTo(3));
    flow.say("bon", upTo(3));
    CHECK(eventually([&] { return flow.effectsOf("mauvais") == upTo(3); }));
    CHECK(flow.effectsOf("bon") == upTo(3));
    CHECK(refusal.refused == 3);
    CHECK(letters(flow).empty());
}

TEST_CASE("an event that keeps failing waits for the operator") {
    Flow flow;
    Refusal refusal(flow);
    flow.startRelay();
    flow.startConsumer();
    flow.say("mauvais", upTo(3));
    flow.say("bon", upTo(3));
    REQUIRE(eventually([&] { return isDead(flow); }));
    flow.say("mauvais", {4});
    flow.say("bon", {4});
    REQUIRE(eventually([&] { return flow.effectsOf("bon") == upTo(4); }));
    REQUIRE(eventually([&] { return letters(flow).size() == 4; }));
    auto all = letters(flow);
    CHECK(all[0].tries == 3);
    CHECK(all[0].waitingBehind == 3);
    CHECK_THAT(all[0].error, Catch::Contains("essai_refuse"));
    CHECK(all[1].status == "en_essai");
    CHECK(flow.effectsOf("mauvais").empty());
    const auto operators = flow.connect("scoring");
    CHECK(countDeadLetters(*operators) == 1);
    const auto envelope = showDeadLetter(*operators, all[0].rank);
    REQUIRE(envelope);
    CHECK(envelope->at("subject") == "mauvais");
    CHECK(envelope->at("data").at("numero") == 1);
    CHECK_FALSE(replayDeadLetter(*operators, all[3].rank + 1, flow.clock.now()));

    SECTION("replayed after its cause is gone, it goes on in order") {
        refusal.left = 0;
        CHECK(replayDeadLetter(*operators, all[0].rank, flow.clock.now()));
        CHECK(eventually([&] { return letters(flow).empty(); }));
        CHECK(flow.effectsOf("mauvais") == upTo(4));
    }
    SECTION("replayed too early, it is tried as often again and is dead again") {
        const int before = refusal.refused;
        CHECK(replayDeadLetter(*operators, all[0].rank, flow.clock.now()));
        CHECK(eventually([&] { return refusal.refused == before + 3 && isDead(flow); }));
        CHECK(letters(flow).size() == 4);
    }
    SECTION("dropped, those behind it go on without it") {
        CHECK(dropDeadLetter(*operators, all[0].rank));
        CHECK_FALSE(dropDeadLetter(*operators, all[0].rank));
        CHECK_FALSE(replayDeadLetter(*operators, all[0].rank, flow.clock.now()));
        CHECK(eventually([&] { return flow.effectsOf("mauvais") == std::vector<int>{2, 3, 4}; }));
        all = letters(flow);
        REQUIRE(all.size() == 1);
        CHECK(all[0].status == "abandonnee");
        flow.say("mauvais", {5});
        CHECK(eventually([&] { return flow.effectsOf("mauvais") == std::vector<int>{2, 3, 4, 5}; }));
    }
    SECTION("given again by the stream, it is still one letter") {
        Redis redis(servers().redisUrl());
        for (std::uint32_t p = 0; p < flow.partitions(); ++p)
            redis.run({"XGROUP", "SETID", streamKey(p), "scoring", "0"});
        flow.say("bon", {5});
        CHECK(eventually([&] { return flow.effectsOf("bon") == upTo(5); }));
        CHECK(letters(flow).size() == 4);
    }
    SECTION("a consumer that starts again leaves it where it is") {
        flow.stopConsumers();
        flow.startConsumer();
        flow.say("bon", {5});
        CHECK(eventually([&] { return flow.effectsOf("bon") == upTo(5); }));
        CHECK(letters(flow).size() == 4);
        CHECK(flow.effectsOf("mauvais").empty());
    }
}

TEST_CASE("an entry that is no event is kept for the operator and stops nobody") {
    Flow flow;
    flow.startRelay();
    const auto key = streamKey(partitionOf("s", flow.partitions()));
    Redis redis(servers().redisUrl());
    const auto raw = GENERATE(as<std::string>{}, "{", "[]", R"({"id":"x"})", "\xff\xfe");
    redis.run({"XADD", key, "*", "evenement", raw});
    redis.run({"XADD", key, "*", "autre", "champ"});
    flow.startConsumer();
    flow.say("s", upTo(3));
    CHECK(eventually([&] { return flow.effectsOf("s") == upTo(3); }));
    CHECK(eventually([&] { return countDeadLetters(*flow.connect("scoring")) == 2; }));
    for (const auto& letter : letters(flow)) CHECK(letter.type == "illisible");

    // Its reader died between recording it and acknowledging it.
    for (std::uint32_t p = 0; p < flow.partitions(); ++p) redis.run({"XGROUP", "SETID", streamKey(p), "scoring", "0"});
    flow.say("s", {4});
    CHECK(eventually([&] { return flow.effectsOf("s") == upTo(4); }));
    CHECK(letters(flow).size() == 2);
}

TEST_CASE("an event that fails and that PostgreSQL cannot keep stops nobody either") {
    Flow flow;
    flow.startRelay();
    const auto box = flow.outbox();
    // A text with a NUL is JSON, and jsonb refuses it; intake's own would be refused before it is said.
    auto event = toJson(box.make("essai.dit", "s", {{"texte", std::string("a\0b", 3)}}));
    const auto key = streamKey(partitionOf("s", flow.partitions()));
    Redis redis(servers().redisUrl());
    redis.run({"XADD", key, "*", "evenement", core::dumpJson(event)});
    flow.startConsumer();
    flow.say("autre", upTo(3));
    flow.say("s", {1});
    CHECK(eventually([&] { return flow.effectsOf("autre") == upTo(3); }));
    CHECK(eventually([&] { return isDead(flow); }));
    CHECK(eventually([&] { return letters(flow).size() == 2; }));
    const auto all = letters(flow);
    CHECK(all[0].type == "illisible");
    CHECK(all[0].subject == "s");
    CHECK(all[0].waitingBehind == 1);
    CHECK(dropDeadLetter(*flow.connect("scoring"), all[0].rank));
    CHECK(eventually([&] { return flow.effectsOf("s") == upTo(1); }));
}
