#include "libs/http/target.hpp"

#include <catch2/catch.hpp>

#include "libs/http/route_table.hpp"
#include "libs/http/uri.hpp"

using namespace histologe::http;
using Strings = std::vector<std::string>;

TEST_CASE("a target is decoded once, segment by segment") {
    const auto target = readTarget("/fiches/a%2Fb/%C3%A9t%C3%A9?q=un+deux%2B&q=%26&vide&=x");
    REQUIRE(target);
    CHECK(target->segments == Strings{"fiches", "a/b", "été"});
    CHECK(target->path == "/fiches/a/b/été");
    CHECK(target->query.values("q") == Strings{"un deux+", "&"});
    CHECK(target->query.get("vide", "absent").empty());
    CHECK(readTarget("/a%2525")->segments == Strings{"a%25"});
    CHECK(readTarget("/")->segments == Strings{""});
    CHECK(readTarget("/a/")->segments == Strings{"a", ""});
    CHECK(readTarget("//a")->segments == Strings{"", "a"});
    CHECK(readTarget("/été")->segments == Strings{"été"});
}

TEST_CASE("an absolute target is the path behind its host") {
    CHECK(readTarget("http://example.org/a?b=1")->segments == Strings{"a"});
    CHECK(readTarget("HTTPS://example.org")->path == "/");
}

TEST_CASE("a target that can be read in two ways is refused") {
    for (const auto* text : {"/a%",    "/a%4",     "/a%zz", "/%00", "/%01",         "/%ff",   "/\xff",       "/a?b=%ff",
                             "/a?b=%", "/a?b=%00", "/a#b",  "/..",  "/a/../b",      "/./a",   "/a/%2e%2e/b", "/a\\b",
                             "/a%5Cb", "a",        "*",     "",     "ftp://host/a", "host:80"}) {
        INFO(text);
        CHECK_FALSE(readTarget(text));
    }
}

TEST_CASE("encoding and decoding are inverse") {
    const std::string text = "a b/c?d=é&+%\"";
    CHECK(percentDecode(encodePathSegment(text)) == text);
    CHECK(percentDecode(encodeQueryValue(text), true) == text);
    CHECK(encodePathSegment("a b/é") == "a%20b%2F%C3%A9");
}

TEST_CASE("the next page is asked as this one was, with another cursor") {
    Request request;
    request.path = "/dossiers";
    CHECK(nextPage(request, "7") == "</dossiers?curseur=7>; rel=\"next\"");
    request.query.add("q", "rue d'\u00c9t\u00e9 & co");
    request.query.add("curseur", "old");
    request.query.add("statut", "a");
    request.query.add("statut", "b");
    CHECK(nextPage(request, "2026-01-02T03:04:05+00:00_x") ==
          "</dossiers?q=rue%20d%27%C3%89t%C3%A9%20%26%20co&statut=a&statut=b&curseur=2026-01-02T03%3A04%3A05%2B00%3A00_x>; "
          "rel=\"next\"");
    CHECK(request.query.nonEmpty("q").has_value());
    CHECK_FALSE(request.query.nonEmpty("limite").has_value());
    request.query.add("vide", "");
    CHECK_FALSE(request.query.nonEmpty("vide").has_value());
}

TEST_CASE("the client's address is the one our gateway saw") {
    Headers headers;
    CHECK(forwardedFor(headers, "10.0.0.1") == "10.0.0.1");
    headers.add("X-Forwarded-For", "1.2.3.4, 192.0.2.7");
    CHECK(forwardedFor(headers, "10.0.0.1") == "192.0.2.7");
    headers.add("X-Forwarded-For", "2001:db8::1");
    CHECK(forwardedFor(headers, "10.0.0.1") == "2001:db8::1");
    headers.add("X-Forwarded-For", "drop table");
    CHECK(forwardedFor(headers, "10.0.0.1") == "10.0.0.1");
}

TEST_CASE("literal segments win over variables, and variables may have text around them") {
    RouteTable table;
    table.add("GET", "/fiches/{id}", 1);
    table.add("GET", "/fiches/modeles", 2);
    table.add("POST", "/fiches/{id}", 3);
    table.add("GET", "/fiches/modeles/{nom}/pages", 4);
    table.add("GET", "/fiches/{id}/pages/{page}", 5);
    table.add("GET", "/services/{code}.json", 6);
    table.add("GET", "/services/{code}", 7);
    const auto number = [&](const Strings& segments, const std::string& method = "GET") {
        const auto match = table.find(segments);
        return match.methods == nullptr ? 0 : match.methods->byName.at(method);
    };
    CHECK(number({"fiches", "12"}) == 1);
    CHECK(number({"fiches", "modeles"}) == 2);
    CHECK(number({"fiches", "12"}, "POST") == 3);
    CHECK(number({"fiches", "modeles", "x", "pages"}) == 4);
    CHECK(number({"fiches", "modeles", "pages", "3"}) == 5);
    CHECK(number({"services", "007.json"}) == 6);
    CHECK(table.find({"services", "007.json"}).variables == Strings{"007"});
    CHECK(number({"services", "007"}) == 7);
    CHECK(number({"services", ".json"}) == 7);
    CHECK(number({"fiches", ""}) == 0);
    CHECK(number({"fiches"}) == 0);
    CHECK(table.find({"fiches", "12"}).methods->allow == "GET, HEAD, POST, OPTIONS");
    CHECK(table.find({"fiches", "a", "pages", "b"}).variables == Strings{"a", "b"});
    CHECK(RouteTable::variableNames("/fiches/{id}/pages/{page}") == Strings{"id", "page"});
}
