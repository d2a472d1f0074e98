#include <catch2/catch.hpp>

#include "tools/environment/environment.hpp"
#include "tools/environment/sql.hpp"

using namespace histologe::environment;

namespace {

Settings settings() {
    return ownedSettings(HISTOLOGE_SOURCE_DIR, HISTOLOGE_BINARY_DIR, "system_environment");
}

std::string one(const std::string& url, const std::string& statement) {
    return Sql(url).rows(statement).at(0).at(0).value();
}

}  // namespace

TEST_CASE("a service's role sees its own schema and no other's") {
    Environment environment(settings());
    environment.startPostgres();
    Sql intake(environment.databaseUrl("intake"));
    intake.run("CREATE TABLE brouillons (id int)");
    CHECK(one(environment.superuserUrl(), "SELECT schemaname FROM pg_tables WHERE tablename = 'brouillons'") ==
          "intake");
    Sql scoring(environment.databaseUrl("scoring"));
    CHECK_THROWS_WITH(scoring.rows("SELECT * FROM intake.brouillons"), Catch::Contains("permission denied"));
    CHECK_THROWS_WITH(scoring.run("CREATE TABLE public.x (id int)"), Catch::Contains("permission denied"));
    CHECK(one(environment.databaseUrl("routing"), "SELECT unaccent('Évreux')") == "Evreux");
    CHECK(one(environment.postgres().tcpUrl("routing"), "SELECT current_schema()") == "routing");

    SECTION("a further database has the same empty schemas") {
        environment.postgres().createDatabase("autre");
        CHECK(one(environment.postgres().url("intake", "autre"),
                  "SELECT count(*) FROM pg_tables WHERE schemaname = 'intake'") == "0");
        environment.postgres().dropDatabase("autre");
        CHECK_THROWS(Sql(environment.postgres().url("intake", "autre")));
    }
    SECTION("what was committed outlives an immediate stop and a kill") {
        intake.run("INSERT INTO brouillons VALUES (1)");
        environment.stopPostgres(true);
        CHECK_FALSE(environment.isRunning("postgres"));
        environment.startPostgres();
        Sql(environment.databaseUrl("intake")).run("INSERT INTO brouillons VALUES (2)");
        const Sql lingering(environment.databaseUrl("intake"));
        const int port = environment.postgres().port();
        environment.killPostgres();
        environment.startPostgres();
        CHECK(environment.postgres().port() == port);
        CHECK(one(environment.databaseUrl("intake"), "SELECT count(*) FROM brouillons") == "2");
    }
}

TEST_CASE("Redis keeps its port over a kill and can be emptied") {
    Environment environment(settings());
    environment.startRedis();
    const auto url = environment.redisUrl();
    environment.killRedis();
    CHECK_FALSE(environment.isRunning("redis"));
    CHECK_THROWS(environment.flushAll());
    environment.restart("redis");
    CHECK(environment.redisUrl() == url);
    CHECK_NOTHROW(environment.flushAll());
}

TEST_CASE("an owned environment leaves nothing behind") {
    std::filesystem::path folder;
    std::filesystem::path data;
    ProcessId postgres;
    ProcessId redis;
    {
        Environment environment(settings());
        environment.startPostgres();
        environment.startRedis();
        folder = environment.settings().runFolder;
        data = std::filesystem::canonical(folder / "postgres");
        postgres = environment.process("postgres");
        redis = environment.process("redis");
        REQUIRE(isAlive(postgres));
        REQUIRE(isAlive(redis));
    }
    CHECK_FALSE(isAlive(postgres));
    CHECK_FALSE(isAlive(redis));
    CHECK_FALSE(std::filesystem::exists(folder));
    CHECK_FALSE(std::filesystem::exists(data));
}
