#include <catch2/catch.hpp>

#include "tests/unit/http/fixture.hpp"

using namespace histologe;
using namespace histologe::http;
using namespace histologe::http::testing;
using namespace std::chrono_literals;

TEST_CASE("a bound operation answers, inline and from the pool") {
    TestService service;
    for (const auto* target : {"/hello", "/hello-pool"}) {
        const auto answer = ask(service.port(), "GET", target);
        CHECK(answer.status == 200);
        CHECK(answer.json() == core::Json{{"message", "bonjour"}});
        CHECK(answer.headers.get("Content-Type") == "application/json; charset=utf-8");
        CHECK(answer.headers.get("Connection") == "close");
        CHECK(answer.headers.has("X-Request-Id"));
    }
}
