// Several callers' work in one commit: each is answered for itself.
#include "libs/postgres/joined_commit.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/system/postgres/base.hpp"

using namespace histologe;
using namespace histologe::postgres;
using namespace histologe::postgres::test;

namespace {

const Statement kWrite{"essai_ecrire",
                       "INSERT INTO essais (cle) VALUES ($1) ON CONFLICT (cle) DO UPDATE SET cle = EXCLUDED.cle "
                       "RETURNING rang"};

constexpr char kTable[] =
    "CREATE TABLE essais (cle int PRIMARY KEY CHECK (cle > 0), rang int GENERATED ALWAYS AS IDENTITY)";

// Submits and waits until it is told.
long long written(JoinedCommit<int, long long>& joined, int key) {
    std::promise<long long> told;
    joined.submit(key, "", [&](const auto& outcome) {
        try {
            told.set_value(outcome());
        } catch (...) {
            told.set_exception(std::current_exception());
        }
    });
    return told.get_future().get();
}

// Writes keys; the first batch waits until it is let go, so that the next one holds whatever came meanwhile.
struct Work {
    explicit Work(Pool& pool)
        : joined(
              pool,
              [this](Transaction& transaction, const std::vector<int*>& keys) {
                  {
                      const std::lock_guard lock(mutex);
                      sizes.push_back(keys.size());
                  }
                  if (!begun.exchange(true)) gate.get_future().wait();
                  std::vector<long long> ranks;
                  for (const auto* key : keys) ranks.push_back(transaction.query(kWrite, {*key})[0].integer(0));
                  if (beforeCommit) beforeCommit(keys.size());
                  return ranks;
              },
              1) {}

    // Submits 1..n from a thread each, of which `wrong` come as their negative; how many were answered and how many
    // refused for a reason of their own.
    std::pair<int, int> submit(int n, const std::vector<int>& wrong = {}) {
        std::atomic<int> answered{0};
        std::atomic<int> refused{0};
        std::vector<std::thread> callers;
        for (int key = 1; key <= n; ++key) {
            const bool isWrong = std::find(wrong.begin(), wrong.end(), key) != wrong.end();
            callers.emplace_back([this, &answered, &refused, key, isWrong] {
                try {
                    written(joined, isWrong ? -key : key);
                    ++answered;
                } catch (const SqlError& error) {
                    if (error.sqlState() == "23514") ++refused;
                }
            });
            // The first alone, held at the gate; then all the others.
            while (!begun) std::this_thread::yield();
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        gate.set_value();
        for (auto& caller : callers) caller.join();
        return {answered, refused};
    }

    std::mutex mutex;
    std::vector<std::size_t> sizes;
    std::atomic<bool> begun{false};
    std::promise<void> gate;
    std::function<void(std::size_t)> beforeCommit;
    JoinedCommit<int, long long> joined;
};

}  // namespace

TEST_CASE("requests that wait together are written together") {
    const Base base;
    base.connect()->runScript(kTable);
    Pool pool({base.url(), "intake", 4, std::chrono::seconds(2)});
    Work work(pool);
    CHECK(work.submit(40) == std::pair(40, 0));
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "40");
    CHECK(*std::max_element(work.sizes.begin(), work.sizes.end()) > 10);
}

TEST_CASE("one request that fails does not fail the others") {
    const Base base;
    base.connect()->runScript(kTable);
    Pool pool({base.url(), "intake", 4, std::chrono::seconds(2)});
    Work work(pool);
    CHECK(work.submit(40, {11, 30}) == std::pair(38, 2));
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "38");
}

TEST_CASE("a session lost before the commit fails nobody and writes nothing twice") {
    const Base base;
    base.connect()->runScript(kTable);
    Pool pool({base.url(), "intake", 4, std::chrono::seconds(2)});
    Work work(pool);
    std::atomic<bool> isEnded{false};
    work.beforeCommit = [&](std::size_t size) {
        if (size > 1 && !isEnded.exchange(true)) base.endSessions();
    };
    CHECK(work.submit(30) == std::pair(30, 0));
    CHECK(isEnded);
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "30");
}

TEST_CASE("a lane that is full refuses at once, and what it took is done") {
    const Base base;
    base.connect()->runScript(kTable);
    Pool pool({base.url(), "intake", 4, std::chrono::seconds(2)});
    std::promise<void> gate;
    auto opened = gate.get_future().share();
    std::atomic<int> told{0};
    int refused = 0;
    {
        JoinedCommit<int, long long> joined(
            pool,
            [&](Transaction&, const std::vector<int*>& keys) {
                opened.wait();
                return std::vector<long long>(keys.size());
            },
            1, 4, 8);
        for (int key = 1; key <= 30; ++key) {
            try {
                joined.submit(key, "une", [&](const auto& outcome) { told += outcome() == 0 ? 1 : 0; });
            } catch (const core::Error& error) {
                CHECK(error.code() == "service_sature");
                CHECK(error.kind() == core::ErrorKind::Unavailable);
                ++refused;
            }
        }
        gate.set_value();
    }
    CHECK(refused >= 18);
    CHECK(refused <= 22);
    CHECK(told == 30 - refused);
}

TEST_CASE("an end in the middle finishes what was submitted") {
    const Base base;
    base.connect()->runScript(kTable);
    Pool pool({base.url(), "intake", 4, std::chrono::seconds(2)});
    std::atomic<int> told{0};
    {
        JoinedCommit<int, long long> joined(
            pool,
            [](Transaction& transaction, const std::vector<int*>& keys) {
                std::vector<long long> ranks;
                for (const auto* key : keys) ranks.push_back(transaction.query(kWrite, {*key})[0].integer(0));
                return ranks;
            },
            2);
        for (int key = 1; key <= 20; ++key) {
            joined.submit(key, std::to_string(key), [&](const auto& outcome) {
                outcome();
                ++told;
            });
        }
    }
    CHECK(told == 20);
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "20");
}
