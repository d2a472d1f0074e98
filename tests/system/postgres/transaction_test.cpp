// Pipelined transactions: what fails is told at the next wait, nothing of it stays, and the session goes on.
#include <functional>

#include <catch2/catch.hpp>

#include "tests/system/postgres/base.hpp"

using namespace histologe;
using namespace histologe::postgres;
using namespace histologe::postgres::test;

namespace {

const Statement kInsert{"essai_inserer", "INSERT INTO essais (numero, texte) VALUES ($1, $2)"};
const Statement kCount{"essai_compter", "SELECT count(*) FROM essais"};
const Statement kWrong{"essai_faux", "SELECT inconnue FROM essais"};
const Statement kLater{"essai_plus_tard", "SELECT max(numero) FROM essais"};
const Statement kDivide{"essai_diviser", "SELECT 1 / $1::int"};

constexpr char kTable[] =
    "CREATE TABLE essais (numero int PRIMARY KEY CHECK (numero > 0), texte text NOT NULL, "
    "voisin int REFERENCES essais DEFERRABLE INITIALLY DEFERRED)";

std::string stateOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const SqlError& error) {
        return error.sqlState();
    }
    return "";
}

}  // namespace

TEST_CASE("a transaction is committed as a whole") {
    const Base base;
    const auto session = base.connect();
    session->runScript(kTable);
    {
        Transaction transaction(*session);
        for (int number = 1; number <= 100; ++number)
            transaction.send(kInsert, {number, "é'\"\\ " + std::to_string(number)});
        CHECK(transaction.query(kCount)[0].integer(0) == 100);
        CHECK(base.one("SELECT count(*) FROM intake.essais") == "0");
        transaction.commit();
    }
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "100");
    CHECK(base.one("SELECT texte FROM intake.essais WHERE numero = 7") == "é'\"\\ 7");
}

TEST_CASE("a transaction that is not committed leaves nothing") {
    const Base base;
    const auto session = base.connect();
    session->runScript(kTable);
    SECTION("nothing was waited for") {
        Transaction transaction(*session);
        transaction.send(kInsert, {1, "un"});
    }
    SECTION("something was waited for") {
        Transaction transaction(*session);
        transaction.send(kInsert, {1, "un"});
        CHECK(transaction.query(kCount)[0].integer(0) == 1);
    }
    SECTION("nothing was said at all") {
        const Transaction transaction(*session);
    }
    CHECK(session->run(kCount)[0].integer(0) == 0);
    // No transaction was left open either: what follows is durable by itself.
    session->run(kInsert, {2, "deux"});
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "1");
}

TEST_CASE("the first failure of a pipeline is the one that is told, and the session goes on") {
    const Base base;
    const auto session = base.connect();
    session->runScript(kTable);
    SECTION("told by the next query") {
        Transaction transaction(*session);
        transaction.send(kInsert, {1, "un"});
        transaction.send(kInsert, {-1, "refuse"});
        transaction.send(kInsert, {1, "double"});
        CHECK(stateOf([&] { transaction.query(kCount); }) == "23514");
        CHECK(stateOf([&] { transaction.query(kCount); }) == "25P02");
    }
    SECTION("told by the commit") {
        Transaction transaction(*session);
        transaction.send(kInsert, {1, "un"});
        transaction.send(kInsert, {1, "double"});
        CHECK(stateOf([&] { transaction.commit(); }) == "23505");
    }
    SECTION("found by the commit itself") {
        Transaction transaction(*session);
        transaction.send(kInsert, {1, "un"});
        transaction.send({"essai_orphelin", "UPDATE essais SET voisin = 99"});
        CHECK(stateOf([&] { transaction.commit(); }) == "23503");
    }
    SECTION("told by nobody") {
        Transaction transaction(*session);
        transaction.send(kInsert, {-1, "refuse"});
    }
    CHECK(session->isAlive());
    CHECK(session->run(kCount)[0].integer(0) == 0);
    Transaction next(*session);
    next.send(kInsert, {1, "un"});
    next.commit();
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "1");
}

TEST_CASE("what a refusal says for the log names no value") {
    const Base base;
    const auto session = base.connect();
    session->runScript(kTable);
    session->run(kInsert, {7, "Mme Dupont"});
    const auto refusal = [&](const std::function<void()>& work) {
        try {
            work();
        } catch (const SqlError& error) {
            return std::pair<std::string, std::string>(error.what(), error.serverMessage());
        }
        return std::pair<std::string, std::string>();
    };
    const auto [twice, twiceWhole] = refusal([&] { session->run(kInsert, {7, "Mme Durand"}); });
    CHECK(twice.find("23505 ") != std::string::npos);
    CHECK(twice.find("essais_pkey") != std::string::npos);
    CHECK(twice.find("(7)") == std::string::npos);
    CHECK(twiceWhole.find("(7)") != std::string::npos);
    const auto [odd, oddWhole] = refusal([&] { session->runScript("SELECT '{\"nom\":\"Mme Dupont\\u0000\"}'::jsonb"); });
    CHECK(odd.find("22P05 ") != std::string::npos);
    CHECK(odd.find("Dupont") == std::string::npos);
    CHECK_THAT(refusal([&] { session->run(kWrong); }).first, Catch::Contains("inconnue"));
}

TEST_CASE("statements stay usable after failures") {
    const Base base;
    const auto session = base.connect();
    session->runScript(kTable);
    SECTION("one that failed when it ran") {
        CHECK(stateOf([&] { session->run(kDivide, {0}); }) == "22012");
        CHECK(session->run(kDivide, {1})[0].integer(0) == 1);
        CHECK(stateOf([&] { session->run(kDivide, {0}); }) == "22012");
    }
    SECTION("one that cannot be prepared, until it can") {
        CHECK(stateOf([&] { session->run(kWrong); }) == "42703");
        CHECK(stateOf([&] { session->run(kWrong); }) == "42703");
        session->runScript("ALTER TABLE essais ADD inconnue int");
        CHECK(session->run(kWrong).empty());
    }
    SECTION("one whose preparation was skipped because another had failed") {
        {
            Transaction transaction(*session);
            transaction.send(kDivide, {0});
            transaction.send(kLater);
            CHECK(stateOf([&] { transaction.commit(); }) == "22012");
        }
        CHECK(session->run(kLater).size() == 1);
        CHECK(session->run(kDivide, {1})[0].integer(0) == 1);
    }
    SECTION("one that is prepared and fails in the same pipeline") {
        {
            Transaction transaction(*session);
            transaction.send(kInsert, {-1, "refuse"});
            CHECK(stateOf([&] { transaction.commit(); }) == "23514");
        }
        session->run(kInsert, {1, "un"});
        CHECK(session->run(kCount)[0].integer(0) == 1);
    }
    SECTION("queued several times before it is prepared") {
        Transaction transaction(*session);
        transaction.send(kInsert, {1, "un"});
        transaction.send(kInsert, {2, "deux"});
        transaction.commit();
        CHECK(session->run(kCount)[0].integer(0) == 2);
    }
}

TEST_CASE("a lost session is known as lost, and its failure as one that may pass") {
    const Base base;
    const auto session = base.connect();
    session->runScript(kTable);
    const auto check = [&](const std::function<void()>& work) {
        try {
            work();
            FAIL("the session was lost");
        } catch (const SqlError& error) {
            CHECK(error.isTransient());
        }
        CHECK_FALSE(session->isAlive());
    };
    SECTION("before anything is said") {
        base.endSessions();
        check([&] { session->run(kCount); });
    }
    SECTION("in the middle of a transaction") {
        Transaction transaction(*session);
        transaction.send(kInsert, {1, "un"});
        CHECK(transaction.query(kCount)[0].integer(0) == 1);
        base.endSessions();
        transaction.send(kInsert, {2, "deux"});
        check([&] { transaction.commit(); });
    }
    CHECK(base.one("SELECT count(*) FROM intake.essais") == "0");
}

TEST_CASE("a query and its reader that disagree are told so") {
    const Base base;
    const auto session = base.connect();
    const auto row =
        session->run({"essai_types", "SELECT 'x', NULL, 3.5, true, timestamptz '2026-11-25 08:30:00.5+01'"});
    CHECK_THROWS_AS(row[0].integer(0), core::Error);
    CHECK_THROWS_AS(row[0].text(1), core::Error);
    CHECK_FALSE(row[0].optionalInteger(1));
    CHECK(row[0].real(2) == 3.5);
    CHECK(row[0].flag(3));
    CHECK(core::toRfc3339(row[0].instant(4)) == "2026-11-25T07:30:00.500000Z");
}
