#include "libs/http/request_parser.hpp"

#include <catch2/catch.hpp>

using namespace histologe::http;

namespace {

using Step = RequestParser::Step;

struct Outcome {
    Step step = Step::NeedMore;
    int status = 0;
    RawRequest request;
    std::size_t used = 0;
};

// Feeds the bytes in pieces of that size and keeps what a connection would keep.
Outcome parse(const std::string& bytes, std::size_t piece, std::size_t bodyLimit = 1'000'000) {
    RequestParser parser({8192, 16384, 100});
    Outcome outcome;
    std::string input;
    std::size_t at = 0;
    while (true) {
        std::size_t used = 0;
        outcome.step = parser.feed(input.data(), input.size(), used);
        input.erase(0, used);
        outcome.used += used;
        if (outcome.step == Step::HeadDone) {
            parser.setBodyLimit(bodyLimit);
            continue;
        }
        if (outcome.step == Step::Failed) outcome.status = parser.failure().status;
        if (outcome.step == Step::Complete) outcome.request = parser.request();
        if (outcome.step != Step::NeedMore || at >= bytes.size()) return outcome;
        input += bytes.substr(at, piece);
        at += piece;
    }
}

// The same whatever the segments: at once, byte by byte, and everything between.
Outcome parseEveryWay(const std::string& bytes, std::size_t bodyLimit = 1'000'000) {
    const auto whole = parse(bytes, bytes.size(), bodyLimit);
    for (const std::size_t piece : {1U, 2U, 3U, 5U, 7U, 16U, 31U}) {
        const auto pieces = parse(bytes, piece, bodyLimit);
        CHECK(pieces.step == whole.step);
        CHECK(pieces.request.body == whole.request.body);
        CHECK(pieces.request.headers.all() == whole.request.headers.all());
    }
    return whole;
}

const std::string kHost = "Host: localhost\r\n";

}  // namespace

TEST_CASE("a request is read the same in one piece or byte by byte") {
    const auto plain = parseEveryWay("GET /a?b=c HTTP/1.1\r\n" + kHost + "X-Two:  padded \t\r\n\r\n");
    REQUIRE(plain.step == Step::Complete);
    CHECK(plain.request.method == "GET");
    CHECK(plain.request.target == "/a?b=c");
    CHECK(plain.request.headers.get("x-two") == "padded");
    CHECK(plain.request.keepsAlive);

    const auto body = parseEveryWay("POST / HTTP/1.1\r\n" + kHost + "Content-Length: 5\r\n\r\nhello");
    REQUIRE(body.step == Step::Complete);
    CHECK(body.request.body == "hello");

    const auto chunked =
        parseEveryWay("POST / HTTP/1.1\r\n" + kHost +
                      "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;ext=\"1\"\r\n world\r\n0\r\nX-T: 1\r\n\r\n");
    REQUIRE(chunked.step == Step::Complete);
    CHECK(chunked.request.body == "hello world");
    CHECK_FALSE(chunked.request.headers.has("X-T"));
}

TEST_CASE("what follows a request is left to the next") {
    const std::string first = "GET /1 HTTP/1.1\r\n" + kHost + "\r\n";
    const auto outcome = parse(first + "GET /2 HTTP/1.1\r\n", 4096);
    CHECK(outcome.step == Step::Complete);
    CHECK(outcome.used == first.size());
}

TEST_CASE("connections stay open or close as HTTP says") {
    CHECK(parse("GET / HTTP/1.1\r\n" + kHost + "\r\n", 999).request.keepsAlive);
    CHECK_FALSE(parse("GET / HTTP/1.1\r\n" + kHost + "Connection: foo, close\r\n\r\n", 999).request.keepsAlive);
    CHECK_FALSE(parse("GET / HTTP/1.0\r\n\r\n", 999).request.keepsAlive);
    CHECK(parse("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 999).request.keepsAlive);
}

TEST_CASE("what two readers could understand differently is refused") {
    const std::vector<std::pair<std::string, std::string>> refused = {
        {"bare line feed", "GET / HTTP/1.1\nHost: a\n\n"},
        {"bare line feed after the first line", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"},
        {"blank before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"},
        {"header without colon", "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n"},
        {"empty header name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"},
        {"NUL in a header", std::string("GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n", 35)},
        {"NUL in the target", std::string("GET /\0a HTTP/1.1\r\nHost: a\r\n\r\n", 29)},
        {"control character in a header", "GET / HTTP/1.1\r\nHost: a\r\nX: b\x01\r\n\r\n"},
        {"folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n"},
        {"folded line after an empty value", "GET / HTTP/1.1\r\nHost: a\r\nX:\r\n\tc\r\n\r\n"},
        {"folded first line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"},
        {"no host", "GET / HTTP/1.1\r\n\r\n"},
        {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"},
        {"host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
        {"two lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"},
        {"two equal lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na"},
        {"list of lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na"},
        {"length and chunks",
         "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"chunks and length",
         "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"},
        {"negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n"},
        {"signed length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello"},
        {"length that is not a number", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: abc\r\n\r\n"},
        {"empty length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n"},
        {"length beyond 64 bits", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n"},
        {"hexadecimal prefix",
         "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n"},
        {"negative chunk", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n"},
        {"chunk that is not a number",
         "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n"},
        {"empty chunk size", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n"},
        {"chunk longer than said",
         "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n"},
        {"chunk size with a bare line feed",
         "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n"},
        {"chunks in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"blank in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"not HTTP at all", "\x16\x03\x01\x02\x01"},
    };
    for (const auto& [what, bytes] : refused) {
        INFO(what);
        const auto whole = parse(bytes, bytes.size());
        CHECK(whole.step == Step::Failed);
        CHECK(whole.status == 400);
        CHECK(parse(bytes, 1).step == Step::Failed);
    }
}

TEST_CASE("limits have their own answers") {
    const auto huge = [](const std::string& size) {
        return "POST / HTTP/1.1\r\n" + kHost + "Content-Length: " + size + "\r\n\r\n";
    };
    CHECK(parse("GET /" + std::string(9000, 'a') + " HTTP/1.1\r\n" + kHost + "\r\n", 4096).status == 414);
    CHECK(parse("GET /" + std::string(90000, 'a'), 4096).status == 414);
    CHECK(parse("GET / HTTP/1.1\r\n" + kHost + "X: " + std::string(17000, 'a') + "\r\n\r\n", 4096).status == 431);
    CHECK(parse("GET / HTTP/1.1\r\n" + kHost + "X: " + std::string(170000, 'a'), 4096).status == 431);
    std::string many = "GET / HTTP/1.1\r\n" + kHost;
    for (int i = 0; i < 200; ++i) many += "X: y\r\n";
    CHECK(parse(many + "\r\n", 4096).status == 431);
    CHECK(parse(huge("3221225472"), 4096).status == 413);
    CHECK(parse(huge("9000000000000000000"), 4096).status == 413);
    CHECK(parse("POST / HTTP/1.1\r\n" + kHost + "Content-Length: 11\r\n\r\n", 4096, 10).status == 413);
    const std::string chunked = "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: chunked\r\n\r\n";
    CHECK(parse(chunked + "6\r\nabcdef\r\n5\r\nghijk\r\n0\r\n\r\n", 4096, 10).status == 413);
    CHECK(parse(chunked + "FFFFFFFFFFFFFFF\r\n", 4096).status == 413);
    CHECK(parse(chunked + "6\r\nabcdef\r\n4\r\nghij\r\n0\r\n\r\n", 4096, 10).step == Step::Complete);
    CHECK(parse("GET / HTTP/2.0\r\n" + kHost + "\r\n", 4096).status == 505);
    CHECK(parse("POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: gzip, chunked\r\n\r\n", 4096).status == 501);
    CHECK(parse("POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: identity\r\n\r\n", 4096).status == 501);
}

TEST_CASE("endless chunk lines and trailers are cut") {
    const std::string chunked = "POST / HTTP/1.1\r\n" + kHost + "Transfer-Encoding: chunked\r\n\r\n";
    CHECK(parse(chunked + "5;" + std::string(60000, 'a'), 4096).step == Step::Failed);
    std::string trailers = chunked + "0\r\n";
    for (int i = 0; i < 20000; ++i) trailers += "X: y\r\n";
    CHECK(parse(trailers, 4096).step == Step::Failed);
}
