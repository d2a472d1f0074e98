// Sessions on loan: bounded, given back, and replaced when they are lost.
#include "libs/postgres/pool.hpp"

#include <thread>

#include <catch2/catch.hpp>

#include "tests/system/postgres/base.hpp"

using namespace histologe;
using namespace histologe::postgres;
using namespace histologe::postgres::test;

namespace {

const Statement kOne{"essai_un", "SELECT pg_backend_pid()"};

}  // namespace

TEST_CASE("no more sessions are lent than there are") {
    const Base base;
    Pool pool({base.url(), "intake", 2, std::chrono::milliseconds(200)});
    {
        const auto first = pool.acquire();
        const auto second = pool.acquire();
        CHECK(pool.inUse() == 2);
        try {
            const auto third = pool.acquire();
            FAIL("a third session of two");
        } catch (const core::Error& error) {
            CHECK(error.kind() == core::ErrorKind::Unavailable);
            CHECK(error.code() == "service_sature");
        }
        CHECK(first->run(kOne)[0].integer(0) != second->run(kOne)[0].integer(0));
    }
    CHECK(pool.inUse() == 0);
    CHECK(base.one("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'intake'") ==
          "2");

    SECTION("one who waits gets what another gives back") {
        auto held = std::make_unique<Pool::Lease>(pool.acquire());
        auto other = std::make_unique<Pool::Lease>(pool.acquire());
        Pool patient({base.url(), "intake", 1, std::chrono::seconds(20)});
        auto only = std::make_unique<Pool::Lease>(patient.acquire());
        std::thread giver([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            only.reset();
        });
        CHECK(patient.acquire()->run(kOne).size() == 1);
        giver.join();
    }
}

TEST_CASE("a session that was lost while it was lent is replaced at the next loan") {
    const Base base;
    Pool pool({base.url(), "intake", 1, std::chrono::milliseconds(200)});
    {
        const auto lease = pool.acquire();
        lease->run(kOne);
        CHECK(base.endSessions() == 1);
        CHECK_THROWS_AS(lease->run(kOne), SqlError);
    }
    CHECK(pool.acquire()->run(kOne).size() == 1);
    CHECK(pool.inUse() == 0);
}

TEST_CASE("a session that was lost while nobody had it is not lent") {
    const Base base;
    Pool pool({base.url(), "intake", 4, std::chrono::milliseconds(200)});
    {
        const auto first = pool.acquire();
        const auto second = pool.acquire();
        const auto third = pool.acquire();
    }
    SECTION("ended by an administrator") {
        CHECK(base.endSessions() == 3);
    }
    SECTION("the server was stopped and started again") {
        server().stopPostgres(true);
        server().startPostgres();
    }
    for (int i = 0; i < 4; ++i) CHECK(pool.acquire()->run(kOne).size() == 1);
}

TEST_CASE("a server that is away is told at once and costs no session") {
    const Base base;
    Pool pool({base.url(), "intake", 1, std::chrono::milliseconds(200)});
    server().stopPostgres(true);
    for (int i = 0; i < 3; ++i) {
        try {
            pool.acquire();
            FAIL("no server answers");
        } catch (const SqlError& error) {
            CHECK(error.sqlState() == "08006");
        }
    }
    CHECK(pool.inUse() == 0);
    server().startPostgres();
    CHECK(pool.acquire()->run(kOne).size() == 1);
}
