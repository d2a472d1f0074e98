#include "libs/core/config.hpp"

#include <catch2/catch.hpp>

using histologe::core::Config;
using histologe::core::ConfigError;

TEST_CASE("values are read, typed, and their defaults used") {
    Config config("intake", {{"HISTOLOGE_INTAKE_PORT", "8101"}, {"HISTOLOGE_ORIGINES", " https://a , https://b"}});
    CHECK(config.integer("HISTOLOGE_INTAKE_PORT", "port", 1, 0, 65535) == 8101);
    CHECK(config.integer("HISTOLOGE_INTAKE_THREADS", "threads", 4, 1, 8) == 4);
    CHECK(config.list("HISTOLOGE_ORIGINES", "origins", "") == std::vector<std::string>{"https://a", "https://b"});
    CHECK_FALSE(config.flag("HISTOLOGE_X", "x", false));
    CHECK_NOTHROW(config.finish());
}

TEST_CASE("a bad or missing value stops with a line that names it") {
    Config config("intake", {{"HISTOLOGE_INTAKE_PORT", "80a"}, {"HISTOLOGE_LEVEL", "loud"}});
    CHECK_THROWS_WITH(config.integer("HISTOLOGE_INTAKE_PORT", "port", 1, 0, 65535),
                      "HISTOLOGE_INTAKE_PORT=80a is not a whole number from 0 to 65535 (port)");
    CHECK_THROWS_WITH(config.text("HISTOLOGE_INTAKE_URL", "the database"),
                      "HISTOLOGE_INTAKE_URL is not set (the database)");
    CHECK_THROWS_AS(config.choice("HISTOLOGE_LEVEL", "level", "info", {"info", "debug"}), ConfigError);
}

TEST_CASE("an unknown variable stops the start, another service's does not") {
    CHECK_THROWS_AS(Config("intake", {{"HISTOLOGE_INTAKE_PROT", "1"}}).finish(), ConfigError);
    CHECK_THROWS_AS(Config("intake", {{"HISTOLOGE_PROT", "1"}}).finish(), ConfigError);
    CHECK_NOTHROW(Config("intake", {{"HISTOLOGE_ROUTING_PORT", "1"}}).finish());
}

TEST_CASE("secrets are never printed") {
    Config config("intake", {{"HISTOLOGE_INTAKE_DATABASE_URL", "postgresql://u:motdepasse@h/b"}});
    config.secret("HISTOLOGE_INTAKE_DATABASE_URL", "database");
    CHECK(config.print() == "HISTOLOGE_INTAKE_DATABASE_URL=***  # database\n");
}
