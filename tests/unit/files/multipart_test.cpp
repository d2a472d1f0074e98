#include "libs/files/multipart.hpp"

#include <random>

#include <catch2/catch.hpp>

using namespace histologe;

namespace {

struct Form final : files::MultipartReader::Sink {
    struct Field {
        std::string name;
        std::string fileName;
        std::string content;
        bool isWhole = false;
        friend bool operator==(const Field&, const Field&) = default;
    };
    std::vector<Field> fields;
    void begin(const files::MultipartReader::Part& part) override {
        fields.push_back({part.name, part.fileName, {}, false});
    }
    void data(std::string_view bytes) override { fields.back().content += bytes; }
    void end() override { fields.back().isWhole = true; }
};

std::string form(const std::string& content) {
    return "preamble\r\n--lim\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nun\r\n"
           "--lim  \r\nContent-Type: image/png\r\ncontent-disposition: form-data; name=\"b\"; filename=\"é "
           "\\\"x\\\".png\"\r\n\r\n" +
           content + "\r\n--lim--\r\nepilogue";
}

}  // namespace

TEST_CASE("a form is read the same wherever it is cut") {
    const std::string content("\r\n--li\r\n\r--lim\n--lim \r");
    const auto whole = form(content);
    for (std::size_t step = 1; step <= whole.size(); ++step) {
        Form read;
        files::MultipartReader reader("lim", read);
        bool isGood = true;
        for (std::size_t at = 0; at < whole.size(); at += step)
            isGood = reader.feed(std::string_view(whole).substr(at, step)) && isGood;
        CHECK(isGood);
        CHECK(reader.isWhole());
        CHECK(read.fields == std::vector<Form::Field>{{"a", "", "un", true}, {"b", "é \"x\".png", content, true}});
    }
}

TEST_CASE("random contents that are full of what begins a boundary come back as they were") {
    std::mt19937 random(1);
    const std::string letters = "\r\n-lim";
    for (int round = 0; round < 400; ++round) {
        std::string content;
        for (int i = 0; i < 60; ++i) content += letters[random() % letters.size()];
        if (content.find("\r\n--lim") != std::string::npos) continue;
        const auto whole = form(content);
        Form read;
        files::MultipartReader reader("lim", read);
        for (std::size_t at = 0; at < whole.size();) {
            const auto step = 1 + random() % 20;
            REQUIRE(reader.feed(std::string_view(whole).substr(at, step)));
            at += step;
        }
        REQUIRE(reader.isWhole());
        REQUIRE(read.fields.back().content == content);
    }
}

TEST_CASE("a form may be empty, begin at once, and have an empty file") {
    Form none;
    files::MultipartReader empty("lim", none);
    CHECK(empty.feed("--lim--"));
    CHECK(empty.isWhole());
    CHECK(none.fields.empty());
    Form read;
    files::MultipartReader reader("lim", read);
    CHECK(reader.feed(
        "--lim\r\nContent-Disposition: form-data; name=f; filename=\"C:\\photos\\a%22b.png\"\r\n\r\n\r\n--lim--"));
    CHECK(reader.isWhole());
    CHECK(read.fields == std::vector<Form::Field>{{"f", "C:\\photos\\a\"b.png", "", true}});
}

TEST_CASE("what is cut short is not whole, and what is malformed says so") {
    Form read;
    const auto whole = form("contenu");
    for (std::size_t length = 0; length < whole.find("--\r\nepilogue") + 2; ++length) {
        files::MultipartReader reader("lim", read);
        CHECK(reader.feed(std::string_view(whole).substr(0, length)));
        CHECK_FALSE(reader.isWhole());
    }
    const std::string part = "--lim\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n";
    std::string many;
    for (int i = 0; i <= files::MultipartReader::kMostParts; ++i) many += part;
    for (const auto& bad :
         {std::string("--lim\r\n\r\n"), std::string("--lim\r\nX: y\r\n\r\n"), std::string("--limx\r\n"),
          std::string("--lim\r\nContent-Disposition: attachment; name=a\r\n\r\n"),
          "--lim\r\nX: " + std::string(files::MultipartReader::kMostHeaders, 'x'), "--lim" + std::string(400, ' '),
          many}) {
        files::MultipartReader reader("lim", read);
        CHECK_FALSE(reader.feed(bad));
        CHECK_FALSE(reader.feed("--lim--"));
        CHECK_FALSE(reader.isWhole());
    }
}

TEST_CASE("the boundary is read as RFC 2046 allows it") {
    CHECK(files::multipartBoundary("multipart/form-data; boundary=lim") == "lim");
    CHECK(files::multipartBoundary("Multipart/Form-Data; charset=utf-8; Boundary=\"l i:m\"") == "l i:m");
    for (const auto* bad :
         {"", "multipart/form-data", "multipart/mixed; boundary=lim",
          "multipart/form-data; boundary=", "multipart/form-data; boundary=\"lim",
          "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=a\x01", "application/json"}) {
        CHECK_FALSE(files::multipartBoundary(bad).has_value());
    }
    CHECK_FALSE(files::multipartBoundary("multipart/form-data; boundary=" + std::string(71, 'a')).has_value());
}
