// Migrations: once each, in order, by one process at a time, and never changed afterwards.
#include "libs/postgres/migrations.hpp"

#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

#include "tests/system/postgres/base.hpp"

using namespace histologe;
using namespace histologe::postgres;
using namespace histologe::postgres::test;

namespace {

const std::vector<Migration> kTwo = {
    {"essai", 1, "0001_tables", "CREATE TABLE essais (numero int); CREATE TABLE autres (numero int)"},
    {"essai", 2, "0002_lignes", "INSERT INTO essais VALUES (1), (2)"},
};

}  // namespace

TEST_CASE("migrations are applied once") {
    const Base base;
    const auto session = base.connect();
    CHECK_FALSE(isMigrated(*session, kTwo));
    CHECK(migrate(*session, kTwo) == 2);
    CHECK(isMigrated(*session, kTwo));
    CHECK(migrate(*session, kTwo) == 0);
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "2");

    auto three = kTwo;
    three.push_back({"essai", 3, "0003_suite", "INSERT INTO essais VALUES (3)"});
    CHECK_FALSE(isMigrated(*session, three));
    CHECK(migrate(*session, three) == 1);
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "3");
}

TEST_CASE("a migration whose text changed after it was applied is refused") {
    const Base base;
    const auto session = base.connect();
    migrate(*session, kTwo);
    auto changed = kTwo;
    changed[1].sql = "INSERT INTO essais VALUES (1), (2), (3)";
    changed.push_back({"essai", 3, "0003_suite", "INSERT INTO essais VALUES (4)"});
    CHECK_FALSE(isMigrated(*session, changed));
    try {
        migrate(*session, changed);
        FAIL("a migration that changed");
    } catch (const core::Error& error) {
        CHECK(error.code() == "migration_modifiee");
        CHECK_THAT(error.what(), Catch::Contains("0002_lignes"));
    }
    // Neither the changed one nor what follows it.
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "2");
    CHECK(migrate(*session, kTwo) == 0);
}

TEST_CASE("a migration that fails leaves nothing of itself") {
    const Base base;
    auto broken = kTwo;
    broken.push_back({"essai", 3, "0003_cassee", "INSERT INTO essais VALUES (3); SELECT inconnue FROM essais"});
    CHECK_THROWS_AS(migrate(*base.connect(), broken), SqlError);
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "2");
    broken[2].sql = "INSERT INTO essais VALUES (3)";
    CHECK(migrate(*base.connect(), broken) == 1);
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "3");
}

TEST_CASE("several processes that migrate at once do it once") {
    const Base base;
    std::atomic<int> applied{0};
    std::atomic<int> failed{0};
    std::vector<std::thread> processes;
    for (int i = 0; i < 4; ++i) {
        processes.emplace_back([&] {
            try {
                applied += migrate(*base.connect(), kTwo);
            } catch (const core::Error&) {
                ++failed;
            }
        });
    }
    for (auto& process : processes) process.join();
    CHECK(applied == 2);
    CHECK(failed == 0);
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "2");
}
