// Once in effect, in the order of each subject, in batches that a bad event does not spoil.
#include <atomic>
#include <map>
#include <thread>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "libs/streams/keys.hpp"
#include "tests/system/streams/flow.hpp"

using namespace histologe;
using namespace histologe::streams;
using namespace histologe::streams::test;

namespace {

const postgres::Statement kNext{"essai_suivant",
                                "UPDATE compteurs SET dernier = dernier + 1 WHERE sujet = $1 RETURNING dernier"};

// Puts every entry of the streams on them again, `times` times.
void repeatEntries(std::uint32_t partitions, int times) {
    Redis redis(servers().redisUrl());
    for (std::uint32_t p = 0; p < partitions; ++p) {
        const auto entries = redis.run({"XRANGE", streamKey(p), "-", "+"});
        std::vector<std::string> envelopes;
        for (std::size_t i = 0; i < entries.size(); ++i) envelopes.push_back(entries[i][1][1].text());
        for (int time = 0; time < times; ++time) {
            for (const auto& envelope : envelopes) redis.run({"XADD", streamKey(p), "*", "evenement", envelope});
        }
    }
}

long long pending(std::uint32_t partitions) {
    Redis redis(servers().redisUrl());
    long long count = 0;
    for (std::uint32_t p = 0; p < partitions; ++p) {
        const auto summary = redis.run({"XPENDING", streamKey(p), "scoring"});
        if (summary.size() > 0) count += summary[0].integer();
    }
    return count;
}

}  // namespace

TEST_CASE("an event that comes several times takes effect once") {
    Flow flow;
    flow.startRelay();
    for (int subject = 0; subject < 10; ++subject) flow.say("s" + std::to_string(subject), upTo(20));
    REQUIRE(eventually([&] { return flow.isPublished(); }));

    SECTION("repeated before it was ever read, within a batch and over several") {
        repeatEntries(flow.partitions(), 3);
        flow.startConsumer("scoring", GENERATE(7, 512));
    }
    SECTION("repeated after it was applied") {
        flow.startConsumer();
        REQUIRE(eventually([&] { return flow.countEffects() == 200; }));
        repeatEntries(flow.partitions(), 1);
        Redis redis(servers().redisUrl());
        for (std::uint32_t p = 0; p < flow.partitions(); ++p)
            redis.run({"XGROUP", "SETID", streamKey(p), "scoring", "0"});
    }
    SECTION("read by a consumer that died before it applied anything") {
        Redis redis(servers().redisUrl());
        for (std::uint32_t p = 0; p < flow.partitions(); ++p) {
            redis.run({"XGROUP", "CREATE", streamKey(p), "scoring", "0", "MKSTREAM"});
            redis.run({"XREADGROUP", "GROUP", "scoring", "lecteur", "COUNT", "9", "STREAMS", streamKey(p), ">"});
        }
        REQUIRE(pending(flow.partitions()) > 9);
        flow.startConsumer();
    }
    // The last of all: once it has taken effect, so has all that came before it on its stream.
    for (int subject = 0; subject < 10; ++subject) flow.say("s" + std::to_string(subject), {21});
    CHECK(eventually([&] { return flow.countEffects() >= 210; }));
    CHECK(eventually([&] { return pending(flow.partitions()) == 0; }));
    CHECK(flow.countEffects() == 210);
    for (int subject = 0; subject < 10; ++subject) CHECK(flow.effectsOf("s" + std::to_string(subject)) == upTo(21));
}

TEST_CASE("the events of a subject take effect in the order in which their transactions committed") {
    Flow flow;
    flow.connect("intake")->runScript(
        "CREATE TABLE compteurs (sujet text PRIMARY KEY, dernier int NOT NULL DEFAULT 0); "
        "INSERT INTO compteurs (sujet) SELECT 's' || n FROM generate_series(0, 4) n");
    flow.startRelay();
    flow.startConsumer("scoring", 16);
    // Every thread changes every subject: the row's lock orders them, as with any change of state.
    constexpr int kThreads = 4;
    constexpr int kRounds = 25;
    std::vector<std::thread> producers;
    for (int thread = 0; thread < kThreads; ++thread) {
        producers.emplace_back([&flow, thread] {
            const auto connection = flow.connect("intake");
            const auto box = flow.outbox();
            for (int round = 0; round < kRounds; ++round) {
                for (int i = 0; i < 5; ++i) {
                    const auto subject = "s" + std::to_string((i + thread) % 5);
                    postgres::Transaction transaction(*connection);
                    const auto number = transaction.query(kNext, {subject})[0].integer(0);
                    box.add(transaction, {box.make("essai.dit", subject, {{"numero", number}})});
                    transaction.commit();
                    box.announce();
                }
            }
        });
    }
    for (auto& producer : producers) producer.join();
    CHECK(eventually([&] { return flow.countEffects() >= 5 * kThreads * kRounds; }));
    for (int i = 0; i < 5; ++i) CHECK(flow.effectsOf("s" + std::to_string(i)) == upTo(kThreads * kRounds));
}

TEST_CASE("what is rolled back is never said") {
    Flow flow;
    flow.startRelay();
    flow.startConsumer();
    {
        const auto connection = flow.connect("intake");
        const auto box = flow.outbox();
        postgres::Transaction transaction(*connection);
        box.add(transaction, {box.make("essai.dit", "jamais", {{"numero", 1}})});
    }
    flow.say("oui", {1});
    CHECK(eventually([&] { return flow.effectsOf("oui") == upTo(1); }));
    CHECK(flow.countEffects() == 1);
    CHECK(flow.one("SELECT count(*) FROM intake.evenements") == "1");
}

TEST_CASE("one bad event does not spoil its batch") {
    Flow flow;
    flow.startRelay();
    // On the streams before anybody reads, so that it all comes as one batch.
    for (int subject = 0; subject < 20; ++subject) flow.say("s" + std::to_string(subject), upTo(5));
    std::atomic<int> calls{0};
    SECTION("refused by PostgreSQL") {
        flow.say("mauvais", {-1});
    }
    SECTION("refused by the handler") {
        flow.beforeEffect = [](const Event& event, int) {
            if (event.subject == "mauvais") {
                throw core::Error(core::ErrorKind::InvalidInput, "essai_refuse", "L'essai est refusé.");
            }
        };
        flow.say("mauvais", {1});
    }
    SECTION("not of the form that the handler reads") {
        const auto connection = flow.connect("intake");
        const auto box = flow.outbox();
        postgres::Transaction transaction(*connection);
        box.add(transaction, {box.make("essai.dit", "mauvais", {{"autre", true}})});
        transaction.commit();
    }
    for (int subject = 0; subject < 20; ++subject) flow.say("s" + std::to_string(subject), {6});
    REQUIRE(eventually([&] { return flow.isPublished(); }));
    flow.startConsumer();
    CHECK(eventually([&] { return flow.countEffects() == 120; }));
    for (int subject = 0; subject < 20; ++subject) CHECK(flow.effectsOf("s" + std::to_string(subject)) == upTo(6));
    CHECK(eventually([&] { return flow.one("SELECT statut FROM scoring.lettres_mortes") == "morte"; }));
    CHECK(flow.one("SELECT sujet || ' ' || essais FROM scoring.lettres_mortes") == "mauvais 3");
}
