// The protocol, case by case, alone and behind the gateway. After each case the service must still serve.
#include <thread>

#include <catch2/catch.hpp>

#include "tests/conformance/harness.hpp"

using namespace histologe::http;
using namespace histologe::http::conformance;
using namespace std::chrono_literals;
using testing::RawClient;

namespace {

using Statuses = std::vector<int>;

struct Case {
    std::string name;
    std::vector<std::string> pieces;  // sent a few milliseconds apart
    Statuses direct;                  // of the answers, in order
    Statuses gateway;                 // the same behind nginx
    bool closes = false;              // the service (not nginx) closes afterwards
};

// nginx refuses some of it itself, and it answers what it understood before.
Case same(std::string name, std::vector<std::string> pieces, Statuses statuses, bool closes = false) {
    return {std::move(name), std::move(pieces), statuses, statuses, closes};
}

std::string get(const std::string& target, const std::string& headers = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

std::string post(const std::string& headers, const std::string& body) {
    return "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers + "\r\n" + body;
}

std::string with(const std::string& method, const std::string& target, const std::string& body = "") {
    std::string bytes = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n";
    if (!body.empty())
        bytes += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    return bytes + "\r\n" + body;
}

const std::string kChunked = "Transfer-Encoding: chunked\r\n";
const std::string kJson = "{\"a\":\"hello\"}";  // 13 bytes

std::vector<Case> connectionCases() {
    return {
        same("no Connection header, twice", {get("/hello"), get("/hello")}, {200, 200}),
        same("Connection: close", {get("/hello", "Connection: close\r\n")}, {200}, true),
        same("Connection: keep-alive", {get("/hello", "Connection: keep-alive\r\n"), get("/hello")}, {200, 200}),
        same("several Connection tokens", {get("/hello", "Connection: foo, Close\r\n")}, {200}, true),
        same("HTTP/1.0", {"GET /hello HTTP/1.0\r\n\r\n"}, {200}, true),
        same("HTTP/1.0 keep-alive", {"GET /hello HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n", get("/hello")},
             {200, 200}),
        same("no Host", {"GET /hello HTTP/1.1\r\n\r\n"}, {400}, true),
        same("HTTP/2.0 in the line", {"GET /hello HTTP/2.0\r\nHost: a\r\n\r\n"}, {505}, true),
        same("Expect: 100-continue", {post("Expect: 100-continue\r\nContent-Length: 13\r\n", ""), kJson}, {100, 200}),
        {"Expect and a body beyond the limit",
         {post("Expect: 100-continue\r\nContent-Length: 99999999\r\n", "")},
         {413},
         {413},
         true},
        {"unknown Expect", {post("Expect: magic\r\nContent-Length: 13\r\n", kJson)}, {417}, {200}, true},
        same("empty lines before the request", {"\r\n\r\n" + get("/hello")}, {200}),
    };
}

std::vector<Case> chunkCases() {
    const std::string head = post(kChunked, "");
    return {
        same("chunked in one piece", {head + "d\r\n" + kJson + "\r\n0\r\n\r\n"}, {200}),
        same("a piece per chunk", {head, "6\r\n{\"a\":\"\r\n", "7\r\nhello\"}\r\n", "0\r\n\r\n"}, {200}),
        same("cut in the size line", {head + "00", "0d\r\n" + kJson + "\r\n0\r\n\r\n"}, {200}),
        same("cut between CR and LF after a size", {head + "d\r", "\n" + kJson + "\r\n0\r\n\r\n"}, {200}),
        same("cut between CR and LF after a chunk", {head + "d\r\n" + kJson + "\r", "\n0\r\n\r\n"}, {200}),
        same("cut after the data", {head + "d\r\n" + kJson, "\r\n0\r\n\r\n"}, {200}),
        same("cut in the data", {head + "d\r\n{\"a\":", "\"hello\"}\r\n0\r\n\r\n"}, {200}),
        same("cut in the last line", {head + "d\r\n" + kJson + "\r\n0\r\n\r", "\n"}, {200}),
        same("with an extension", {head + "d;a=b;c=\"d;e\"\r\n" + kJson + "\r\n0\r\n\r\n"}, {200}),
        same("with trailers", {head + "d\r\n" + kJson + "\r\n0\r\nX-A: b\r\nX-C: d\r\n\r\n"}, {200}),
        same("followed by another request", {head + "d\r\n" + kJson + "\r\n0\r\n\r\n" + get("/hello")}, {200, 200}),
        same("in capitals", {head + "D\r\n" + kJson + "\r\n0\r\n\r\n"}, {200}),
        same("negative size", {head + "-5\r\nhello\r\n0\r\n\r\n"}, {400}, true),
        same("size that is not a number", {head + "zz\r\nhello\r\n0\r\n\r\n"}, {400}, true),
        same("size with 0x", {head + "0x5\r\nhello\r\n0\r\n\r\n"}, {400}, true),
        {"huge size", {head + "FFFFFFFFFFFFFFF\r\nhello"}, {413}, {400}, true},
        {"size beyond 64 bits", {head + "FFFFFFFFFFFFFFFFFFFF\r\nhello"}, {400}, {400}, true},
        same("data longer than its size", {head + "3\r\nhello\r\n0\r\n\r\n"}, {400}, true),
    };
}

std::vector<Case> sizeCases() {
    std::vector<Case> cases;
    for (const int kilobytes : {1, 4, 7, 8, 9, 15}) {
        cases.push_back(same(
            "header of " + std::to_string(kilobytes) + " kB",
            {get("/hello", "X-Big: " + std::string(static_cast<std::size_t>(kilobytes) * 1024, 'a') + "\r\n")}, {200}));
    }
    for (const int kilobytes : {16, 33, 65, 200}) {
        cases.push_back(
            same("header of " + std::to_string(kilobytes) + " kB",
                 {get("/hello", "X-Big: " + std::string(static_cast<std::size_t>(kilobytes) * 1024, 'a') + "\r\n")},
                 {431}, true));
    }
    std::string many;
    for (int i = 0; i < 200; ++i) many += "X-" + std::to_string(i) + ": a\r\n";
    cases.push_back(same("200 headers", {get("/hello", many)}, {431}, true));
    cases.push_back(same("target of 8 kB", {get("/hello?q=" + std::string(8000, 'a'))}, {200}));
    cases.push_back(same("target of 9 kB", {get("/hello?q=" + std::string(9216, 'a'))}, {414}, true));
    cases.push_back({"target of 90 kB", {get("/hello?q=" + std::string(92160, 'a'))}, {414}, {414}, true});
    const auto body = [](std::size_t size) { return "\"" + std::string(size - 2, 'a') + "\""; };
    cases.push_back(same("body of 900 KiB", {with("POST", "/echo", body(900 * 1024))}, {200}));
    cases.push_back(same("body of the limit", {with("POST", "/echo", body(1024 * 1024))}, {200}));
    cases.push_back(same("body of the limit and one", {with("POST", "/echo", body(1024 * 1024 + 1))}, {413}, true));
    std::string requests;
    while (requests.size() < 3 * 1024 * 1024) requests += get("/hello");
    cases.push_back(same("oversize body full of requests", {with("POST", "/echo", requests)}, {413}, true));
    return cases;
}

std::vector<Case> methodCases() {
    return {
        same("three pipelined requests", {get("/hello") + get("/fiches/2") + get("/hello-pool")}, {200, 200, 200}),
        same("a second request cut in two", {get("/hello") + "GET /hel", "lo HTTP/1.1\r\nHost: a\r\n\r\n"}, {200, 200}),
        same("a slow one, then a quick one", {get("/slow?ms=100") + get("/hello")}, {200, 200}),
        same("OPTIONS", {with("OPTIONS", "/hello")}, {204}),
        {"OPTIONS *", {with("OPTIONS", "*")}, {204}, {400}, false},
        same("PUT where there is none", {with("PUT", "/hello", "{}")}, {405}),
        same("PATCH where there is none", {with("PATCH", "/fiches/1", "{}")}, {405}),
        same("DELETE with a body", {with("DELETE", "/fiches/1", "{}")}, {204}),
        same("TRACE", {with("TRACE", "/hello")}, {405}),
        {"CONNECT", {"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n"}, {400}, {400}, false},
        same("unknown method", {with("BREW", "/hello")}, {405}),
        same("escapes in the path", {get("/who/%C3%A9t%C3%A9.json")}, {200}),
        same("escapes in the query", {get("/search?q=%C3%A9+%26")}, {200}),
        same("a key several times", {get("/search?q=a&type=a&type=b")}, {200}),
        same("raw UTF-8 in the path", {get("/who/\xC3\xA9t\xC3\xA9.json")}, {200}),
        same("not UTF-8 in the path", {get("/who/%FF.json")}, {400}),
        {"dot segments", {get("/fiches/../hello")}, {400}, {400}, false},
        same("absolute form", {get("http://localhost/hello")}, {200}),
        same("nothing there", {get("/nowhere")}, {404}),
        same("two slashes", {get("//hello")}, {404}),
        same("exception in the handler", {get("/fiches/casse"), get("/hello")}, {500, 200}),
    };
}

std::vector<Case> smugglingCases() {
    const std::string smuggled = get("/fiches/smuggled");
    return {
        // nginx still accepts bare line feeds and rewrites them before they reach the service.
        {"bare line feeds", {"GET /hello HTTP/1.1\nHost: a\n\n"}, {400}, {200}, true},
        {"header without colon", {"GET /hello HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n"}, {400}, {200}, true},
        same("blank before the colon", {"GET /hello HTTP/1.1\r\nHost : a\r\n\r\n"}, {400}, true),
        same("NUL", {std::string("GET /hello HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 40)}, {400}, true),
        {"folded line", {"GET /hello HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"}, {400}, {400}, true},
        same("two different lengths", {post("Content-Length: 13\r\nContent-Length: 2\r\n", kJson + smuggled)}, {400},
             true),
        same("two equal lengths", {post("Content-Length: 13\r\nContent-Length: 13\r\n", kJson + smuggled)}, {400},
             true),
        same("length and chunks", {post("Content-Length: 13\r\n" + kChunked, "0\r\n\r\n" + smuggled)}, {400}, true),
        same("length of -5", {post("Content-Length: -5\r\n", smuggled)}, {400}, true),
        same("length of abc", {post("Content-Length: abc\r\n", smuggled)}, {400}, true),
        same("length of 9e18", {post("Content-Length: 9000000000000000000\r\n", smuggled)}, {413}, true),
        same("length of 3 GiB", {post("Content-Length: 3221225472\r\n", smuggled)}, {413}, true),
        same("gzip, chunked", {post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n" + smuggled)}, {501}, true),
        {"xchunked", {post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + smuggled)}, {501}, {501}, true},
    };
}

std::vector<Case> headerCases() {
    std::vector<Case> cases;
    for (const auto* line : {"Accept: foo",
                             "Accept: */*;q=0.5, text/html",
                             "Accept: ,",
                             "Accept:",
                             "Cookie: a=b; c=\"d",
                             "Cookie: =",
                             "Date: yesterday",
                             "If-Modified-Since: never",
                             "Authorization: Basic",
                             "Authorization: Bearer a.b.c",
                             "Cache-Control: max-age=banana",
                             "traceparent: 00-zz",
                             "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                             "tracestate: a=b",
                             "User-Agent: Mozilla/5.0 (X11; Linux x86_64) \xE2\x9C\x93",
                             "Accept-Language: fr-FR,fr;q=0.9",
                             "Accept-Encoding: gzip, br",
                             "Content-Type: nonsense",
                             "Content-Type: text/html; charset",
                             "Upgrade: h2c",
                             "Connection: keep-alive, Upgrade",
                             "Origin: null",
                             "Referer: http://[",
                             "X-Forwarded-For: <script>",
                             "Range: bytes=0-",
                             "X-Empty:",
                             "TE: trailers"}) {
        cases.push_back(same(line, {get("/hello", std::string(line) + "\r\n")}, {200}));
    }
    cases.push_back(same("Host with a port", {"GET /hello HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"}, {200}));
    cases.push_back(same("two Hosts", {get("/hello", "Host: b\r\n")}, {400}, true));
    return cases;
}

void run(const std::vector<Case>& cases, std::uint16_t port, bool isDirect, ServiceProcess& service) {
    for (const auto& one : cases) {
        INFO(one.name << (isDirect ? " (direct)" : " (behind nginx)"));
        RawClient client(port);
        for (const auto& piece : one.pieces) {
            client.send(piece);
            if (one.pieces.size() > 1) std::this_thread::sleep_for(10ms);
        }
        Statuses statuses;
        const auto& expected = isDirect ? one.direct : one.gateway;
        while (statuses.size() < expected.size()) {
            const auto answer = client.readAnswer(5000ms);
            if (!answer) break;
            statuses.push_back(answer->status);
            // Every refusal, ours or the gateway's, can be read by the same program.
            if (answer->status >= 400) {
                CHECK(answer->headers.get("Content-Type").starts_with("application/problem+json"));
                CHECK(answer->json().contains("code"));
            }
        }
        CHECK(statuses == expected);
        if (one.closes) {
            // Nothing may follow: what came after the refused request was not taken for a request.
            CHECK(client.readAll(isDirect ? 3000ms : 50ms).find("HTTP/1.1 200") == std::string::npos);
        }
        REQUIRE(service.isServing());
    }
}

std::vector<Case> allCases() {
    std::vector<Case> all;
    for (const auto& part :
         {connectionCases(), chunkCases(), sizeCases(), methodCases(), smugglingCases(), headerCases()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace

TEST_CASE("the protocol, case by case, direct") {
    ServiceProcess service;
    run(allCases(), service.port(), true, service);
}

TEST_CASE("the protocol, case by case, behind nginx") {
    ServiceProcess service;
    const Gateway gateway(service.port());
    run(allCases(), gateway.port(), false, service);
}

TEST_CASE("refusals close the connection, and the client still reads them") {
    ServiceProcess service;
    for (const auto& one : smugglingCases()) {
        INFO(one.name);
        RawClient client(service.port());
        client.send(one.pieces.front());
        REQUIRE(client.readAnswer());
        CHECK(client.isClosedWithin(200ms));
    }
    // A whole body on its way when the refusal is sent: the answer must not be lost to a reset.
    for (int i = 0; i < 20; ++i) {
        RawClient client(service.port());
        client.send(with("POST", "/echo", std::string(3 * 1024 * 1024, 'a')));
        const auto answer = client.readAnswer();
        REQUIRE(answer);
        CHECK(answer->status == 413);
    }
}

TEST_CASE("HEAD answers carry no body, and the connection goes on") {
    ServiceProcess service;
    RawClient client(service.port());
    client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n" + get("/hello"));
    const auto head = client.readAnswer(3000ms, true);
    REQUIRE(head);
    CHECK(head->headers.get("Content-Length") == "21");
    const auto full = client.readAnswer();
    REQUIRE(full);
    CHECK(full->body.size() == 21);
}

TEST_CASE("a client that has closed its sending half gets its answer") {
    ServiceProcess service;
    for (const auto* target : {"/hello", "/hello-pool", "/slow?ms=200"}) {
        INFO(target);
        RawClient client(service.port());
        client.send(get(target) + get(target));
        client.finishSending();
        CHECK(client.readAnswer().value_or(testing::Answer()).status == 200);
        CHECK(client.readAnswer().value_or(testing::Answer()).status == 200);
        CHECK(client.isClosedWithin(500ms));
    }
    RawClient partial(service.port());
    partial.send("GET /hel");
    partial.finishSending();
    CHECK(partial.isClosedWithin(500ms));
    CHECK(service.isServing());
}

TEST_CASE("many pipelined requests are answered in their order") {
    ServiceProcess service({"io=2"});
    RawClient client(service.port());
    std::string bytes;
    for (int i = 0; i < 500; ++i) bytes += get("/who/n" + std::to_string(i) + ".json");
    client.send(bytes);
    for (int i = 0; i < 500; ++i) {
        const auto answer = client.readAnswer();
        REQUIRE(answer);
        REQUIRE(answer->json()["name"] == "n" + std::to_string(i));
    }
}
