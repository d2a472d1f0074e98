#include <thread>

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"
#include "tests/unit/http/fixture.hpp"

using namespace histologe;
using namespace histologe::http;
using namespace histologe::http::testing;
using namespace std::chrono_literals;
using core::Json;

TEST_CASE("a bound operation answers, inline and from the pool") {
    TestService service;
    for (const auto* target : {"/hello", "/hello-pool"}) {
        const auto answer = ask(service.port(), "GET", target);
        CHECK(answer.status == 200);
        CHECK(answer.json() == Json{{"message", "bonjour"}});
        CHECK(answer.headers.get("Content-Type") == "application/json; charset=utf-8");
        CHECK(answer.headers.get("Connection") == "close");
        CHECK(answer.headers.get("Cache-Control") == "no-store");
        CHECK(answer.headers.has("X-Request-Id"));
        CHECK(answer.headers.has("Date"));
    }
}

TEST_CASE("requests are held against the contract before the handler sees them") {
    TestService service;
    const auto create = [&](const std::string& body, const std::string& headers = "") {
        return ask(service.port(), "POST", "/fiches", body, headers);
    };
    const auto fine = create(R"({"nom":"ab","adresse":{"codePostal":"13001"}})");
    CHECK(fine.status == 201);
    CHECK(fine.headers.get("Location") == "/fiches/f-1");

    const auto wrong = create(R"({"nom":"a","adresse":{"codePostal":"1"},"autre":1})");
    CHECK(wrong.status == 400);
    CHECK(wrong.headers.get("Content-Type") == "application/problem+json; charset=utf-8");
    const auto document = wrong.json();
    CHECK(document["code"] == "requete_invalide");
    CHECK(document["status"] == 400);
    CHECK(document["instance"] == "urn:histologe:requete:" + std::string(wrong.headers.get("X-Request-Id")));
    std::vector<std::string> fields;
    for (const auto& violation : document["violations"])
        fields.push_back(violation["champ"].get<std::string>() + ":" + violation["code"].get<std::string>());
    CHECK(fields ==
          std::vector<std::string>{"adresse.codePostal:format_incorrect", "autre:champ_inconnu", "nom:trop_court"});

    CHECK(create("{").json()["code"] == "json_malforme");
    CHECK(create(R"({"nom":"a","nom":"b"})").json()["code"] == "json_cle_repetee");
    CHECK(create("{\"nom\":\"\xff\"}").json()["code"] == "json_malforme");
    CHECK(create("").json()["code"] == "contenu_requis");
    CHECK(create("<a/>", "Content-Type: text/xml\r\n").status == 415);
    CHECK(create("{}", "Content-Type: application/json; charset=iso-8859-1\r\n").status == 415);
    CHECK(create(R"({"nom":"ab","adresse":{"codePostal":"13001"}})",
                 "Content-Type: application/json;charset=\"UTF-8\"\r\n")
              .status == 201);
    CHECK(create(std::string(70, '[') + std::string(70, ']')).json()["code"] == "json_trop_profond");
}

TEST_CASE("parameters are held against the contract") {
    TestService service;
    const auto search = [&](const std::string& query) { return ask(service.port(), "GET", "/search" + query); };
    const auto found = search("?q=un+deux&page=3&type=a&type=c");
    CHECK(found.json() == Json{{"q", "un deux"}, {"page", 3}, {"types", {"a", "c"}}});
    CHECK(search("").json()["violations"][0] ==
          Json{{"champ", "q"}, {"code", "requis"}, {"message", "Ce paramètre est obligatoire."}});
    CHECK(search("?q=a&page=0").json()["violations"][0]["code"] == "trop_petit");
    CHECK(search("?q=a&page=deux").json()["violations"][0]["code"] == "type_incorrect");
    CHECK(search("?q=a&type=z").json()["violations"][0]["champ"] == "type.0");
    CHECK(search("?q=a&type=a&type=a&type=a&type=a").json()["violations"][0]["code"] == "trop_d_elements");
    CHECK(search("?q=%ff").json()["code"] == "adresse_invalide");
    CHECK(ask(service.port(), "GET", "/fiches/" + std::string(21, 'a')).status == 400);
    CHECK(ask(service.port(), "GET", "/who/%C3%A9t%C3%A9.json").json()["name"] == "été");
}

TEST_CASE("forms become objects of the schema's types") {
    TestService service;
    const auto answer = ask(service.port(), "POST", "/form", "lat=48.5&service_code=007&urgent=true&tags=a&tags=b",
                            "Content-Type: application/x-www-form-urlencoded\r\n");
    CHECK(answer.json() == Json{{"lat", 48.5}, {"service_code", "007"}, {"urgent", true}, {"tags", {"a", "b"}}});
    CHECK(ask(service.port(), "POST", "/form", "service_code=1", "Content-Type: application/x-www-form-urlencoded\r\n")
              .json()["violations"][0]["champ"] == "lat");
}

TEST_CASE("errors are problems and never tell more than they should") {
    TestService service;
    const auto missing = ask(service.port(), "GET", "/fiches/absente");
    CHECK(missing.status == 404);
    CHECK(missing.json()["code"] == "fiche_introuvable");
    const auto broken = ask(service.port(), "GET", "/fiches/casse");
    CHECK(broken.status == 500);
    CHECK(broken.json()["code"] == "erreur_interne");
    CHECK(broken.body.find("secret") == std::string::npos);
    CHECK(ask(service.port(), "GET", "/nowhere").json()["code"] == "adresse_inconnue");
    const auto method = ask(service.port(), "PATCH", "/fiches/1");
    CHECK(method.status == 405);
    CHECK(method.headers.get("Allow") == "DELETE, GET, HEAD, OPTIONS");
    const auto refused = ask(service.port(), "GET", "/protected");
    CHECK(refused.status == 401);
    CHECK(refused.headers.get("WWW-Authenticate") == "Bearer realm=\"histologe\"");
}

TEST_CASE("HEAD is GET without its body, OPTIONS tells the methods") {
    TestService service;
    const auto full = ask(service.port(), "GET", "/hello");
    const auto head = ask(service.port(), "HEAD", "/hello");
    CHECK(head.status == 200);
    CHECK(head.headers.get("Content-Length") == full.headers.get("Content-Length"));
    const auto options = ask(service.port(), "OPTIONS", "/fiches/1");
    CHECK(options.status == 204);
    CHECK(options.headers.get("Allow") == "DELETE, GET, HEAD, OPTIONS");
    CHECK_FALSE(options.headers.has("Access-Control-Allow-Origin"));
    CHECK(ask(service.port(), "DELETE", "/fiches/1").status == 204);
}

TEST_CASE("only the configured origins may read across origins") {
    ServerSettings settings;
    settings.allowedOrigins = {"https://front.example"};
    TestService service(settings);
    const auto preflight = ask(service.port(), "OPTIONS", "/fiches/1", "",
                               "Origin: https://front.example\r\nAccess-Control-Request-Method: DELETE\r\n");
    CHECK(preflight.status == 204);
    CHECK(preflight.headers.get("Access-Control-Allow-Origin") == "https://front.example");
    CHECK(preflight.headers.get("Access-Control-Allow-Methods") == "DELETE, GET, HEAD, OPTIONS");
    CHECK(preflight.headers.get("Vary") == "Origin");
    const auto read = ask(service.port(), "GET", "/hello", "", "Origin: https://front.example\r\n");
    CHECK(read.headers.get("Access-Control-Allow-Origin") == "https://front.example");
    CHECK(read.headers.get("Access-Control-Expose-Headers").find("RateLimit-Remaining") != std::string_view::npos);
    for (const auto* origin : {"https://front.example.evil", "http://front.example", "null", "https://FRONT.example"}) {
        const auto foreign = ask(service.port(), "GET", "/hello", "", "Origin: " + std::string(origin) + "\r\n");
        CHECK(foreign.status == 200);
        CHECK_FALSE(foreign.headers.has("Access-Control-Allow-Origin"));
        CHECK(foreign.headers.get("Vary") == "Origin");
    }
}

TEST_CASE("a limited operation counts by address and window") {
    core::DrivenClock clock(core::Instant(std::chrono::seconds(1'700'000'040)));  // 0 s into a minute
    clock.advance(10s);
    ServerSettings settings;
    settings.trustForwardedFor = true;
    TestService service(settings, {nullptr, nullptr, &clock});
    const auto call = [&](const std::string& address) {
        return ask(service.port(), "GET", "/limited", "", "X-Forwarded-For: " + address + "\r\n");
    };
    for (int i = 2; i >= 0; --i) {
        const auto answer = call("192.0.2.1");
        CHECK(answer.status == 200);
        CHECK(answer.headers.get("RateLimit-Limit") == "3");
        CHECK(answer.headers.get("RateLimit-Remaining") == std::to_string(i));
    }
    const auto refused = call("192.0.2.1");
    CHECK(refused.status == 429);
    CHECK(refused.json()["code"] == "trop_de_demandes");
    CHECK(refused.headers.get("RateLimit-Reset") == refused.headers.get("Retry-After"));
    CHECK(refused.headers.get("RateLimit-Remaining") == "0");
    CHECK(call("192.0.2.2").status == 200);
    clock.advance(60s);
    CHECK(call("192.0.2.1").status == 200);
}

TEST_CASE("the client's address is believed only from a trusted gateway") {
    TestService direct;
    CHECK(ask(direct.port(), "GET", "/who/a.json", "", "X-Forwarded-For: 192.0.2.9\r\n").json()["address"] ==
          "127.0.0.1");
    ServerSettings settings;
    settings.trustForwardedFor = true;
    TestService behind(settings);
    CHECK(ask(behind.port(), "GET", "/who/a.json", "", "X-Forwarded-For: 192.0.2.9\r\n").json()["address"] ==
          "192.0.2.9");
}

TEST_CASE("the same creation twice is done once") {
    core::DrivenClock clock(core::Instant(std::chrono::seconds(1'700'000'000)));
    MemoryIdempotencyStore store(clock);
    TestService service({}, {nullptr, &store, &clock});
    const std::string body = R"({"nom":"ab","adresse":{"codePostal":"13001"}})";
    const auto create = [&](const std::string& content, const std::string& key) {
        return ask(service.port(), "POST", "/fiches", content, "Idempotency-Key: " + key + "\r\n");
    };
    const auto first = create(body, "k1");
    CHECK(first.status == 201);
    CHECK_FALSE(first.headers.has("Idempotency-Replayed"));
    const auto again = create(body, "k1");
    CHECK(again.status == 201);
    CHECK(again.headers.get("Idempotency-Replayed") == "true");
    CHECK(again.body == first.body);
    CHECK(again.headers.get("Location") == first.headers.get("Location"));
    const auto other = create(R"({"nom":"cd","adresse":{"codePostal":"13001"}})", "k1");
    CHECK(other.status == 422);
    CHECK(other.json()["code"] == "cle_idempotence_reutilisee");
    CHECK(create(body, "k2").json() != first.json());
    CHECK(create(body, std::string(256, 'k')).status == 400);
    clock.advance(25h);
    CHECK(create(body, "k1").json() != first.json());
}

TEST_CASE("the key of a request under way is held, that of a failed one is free") {
    core::DrivenClock clock(core::Instant(std::chrono::seconds(1'700'000'000)));
    MemoryIdempotencyStore store(clock, 2);
    using Outcome = IdempotencyStore::Outcome;
    CHECK(store.begin("op", "a", "f").outcome == Outcome::Begun);
    CHECK(store.begin("op", "a", "f").outcome == Outcome::InFlight);
    CHECK(store.begin("op", "a", "g").outcome == Outcome::OtherBody);
    store.abandon("op", "a");
    CHECK(store.begin("op", "a", "g").outcome == Outcome::Begun);
    clock.advance(6min);
    CHECK(store.begin("op", "a", "h").outcome == Outcome::Begun);
    store.complete("op", "a", "h", Response::noContent());
    CHECK(store.begin("op", "a", "h").response->status == 204);
    CHECK(store.begin("op", "b", "h").outcome == Outcome::Begun);
    CHECK(store.begin("op", "c", "h").outcome == Outcome::Begun);
    CHECK(store.begin("op", "a", "h").outcome == Outcome::Begun);  // beyond the capacity the oldest went
}

TEST_CASE("a slow request is answered in time, a full queue at once") {
    ServerSettings settings;
    settings.workers = 1;
    settings.queueLimit = 1;
    settings.requestDeadline = 400ms;
    TestService service(settings);
    RawClient running(service.port());
    RawClient queued(service.port());
    running.send("GET /slow?ms=1500 HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(50ms);
    queued.send("GET /slow?ms=1 HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(50ms);
    CHECK(service.server.inFlight().size() == 2);
    const auto refused = ask(service.port(), "GET", "/hello-pool");
    CHECK(refused.status == 503);
    CHECK(refused.headers.has("Retry-After"));
    CHECK(ask(service.port(), "GET", "/hello").status == 200);  // inline operations do not wait for the pool
    const auto late = running.readAnswer();
    REQUIRE(late);
    CHECK(late->status == 504);
    CHECK(late->headers.get("Connection") == "close");
    const auto never = queued.readAnswer();
    REQUIRE(never);
    CHECK(never->status == 503);
    std::this_thread::sleep_for(1300ms);
    CHECK(ask(service.port(), "GET", "/hello-pool").status == 200);
}

TEST_CASE("trace and request identifiers are passed on or made") {
    TestService service;
    CHECK(ask(service.port(), "GET", "/hello", "", "X-Request-Id: abc-123\r\n").headers.get("X-Request-Id") ==
          "abc-123");
    CHECK(ask(service.port(), "GET", "/hello", "", "X-Request-Id: <script>\r\n").headers.get("X-Request-Id") !=
          "<script>");
    const std::string trace = "0af7651916cd43dd8448eb211c80319c";
    CHECK(ask(service.port(), "GET", "/hello", "", "traceparent: 00-" + trace + "-b7ad6b7169203331-01\r\n")
              .headers.get("X-Request-Id") == trace);
}

TEST_CASE("in tests an answer that breaks the contract is an error") {
    ServerSettings settings;
    settings.validateResponses = true;
    TestService service(settings);
    CHECK(ask(service.port(), "GET", "/hello").status == 200);
    const auto answer = ask(service.port(), "GET", "/wrong-answer");
    CHECK(answer.status == 500);
    CHECK(answer.json()["code"] == "reponse_hors_contrat");
    CHECK(answer.json()["detail"].get<std::string>().starts_with("message: type_incorrect"));
}

TEST_CASE("requests are measured by operation and status") {
    TestService service;
    ask(service.port(), "GET", "/hello");
    ask(service.port(), "GET", "/nowhere");
    const auto text = service.metrics.expose();
    CHECK(text.find(R"(histologe_http_requests_seconds_count{operation="hello",status="200"} 1)") != std::string::npos);
    CHECK(text.find(R"(histologe_http_requests_seconds_count{operation="aucune",status="404"} 1)") !=
          std::string::npos);
    CHECK(text.find("histologe_http_connections") != std::string::npos);
}

TEST_CASE("an authenticator decides, and its principal reaches the handler") {
    class Keys final : public Authenticator {
      public:
        std::shared_ptr<const Principal> authenticate(const Request& request, const std::string& scope) override {
            const auto sent = request.headers.get("Authorization");
            if (sent.empty() && scope.empty()) return nullptr;
            if (sent == "Bearer poor")
                throw core::Error(core::ErrorKind::Forbidden, kScopeMissing, "Vous n'avez pas ce droit.");
            if (sent != "Bearer good")
                throw core::Error(core::ErrorKind::Unauthenticated, kTokenRefused, "Jeton invalide.");
            auto principal = std::make_shared<Principal>();
            principal->subject = "agent-7";
            principal->scopes = {scope};
            return principal;
        }
    } keys;
    TestService service({}, {&keys, nullptr, nullptr});
    CHECK(ask(service.port(), "GET", "/protected", "", "Authorization: Bearer good\r\n").json()["subject"] ==
          "agent-7");
    const auto bad = ask(service.port(), "GET", "/protected", "", "Authorization: Bearer bad\r\n");
    CHECK(bad.status == 401);
    CHECK(bad.headers.get("WWW-Authenticate") == "Bearer realm=\"histologe\", error=\"invalid_token\"");
    const auto poor = ask(service.port(), "GET", "/protected", "", "Authorization: Bearer poor\r\n");
    CHECK(poor.status == 403);
    CHECK(poor.headers.get("WWW-Authenticate") ==
          "Bearer realm=\"histologe\", error=\"insufficient_scope\", scope=\"fiches:read\"");
    CHECK(ask(service.port(), "GET", "/hello").status == 200);
}
