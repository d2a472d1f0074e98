#include "libs/domain/desordres/key_table.hpp"

#include <catch2/catch.hpp>

#include "libs/core/error.hpp"

using histologe::core::Error;
using histologe::desordres::kCleInconnue;
using histologe::desordres::KeyTable;
using histologe::desordres::kMaxCles;

namespace {

// Names as long and as alike as those of a form.
std::string nameAt(std::size_t at) {
    return "desordres_logement_question_" + std::to_string(at) + "_details_piece_a_vivre";
}

}  // namespace

TEST_CASE("a name has one number, and only names that were given have one") {
    KeyTable table;
    for (std::size_t at = 0; at < kMaxCles; ++at) REQUIRE(table.intern(nameAt(at)) == at);
    for (std::size_t at = 0; at < kMaxCles; ++at) {
        REQUIRE(table.intern(nameAt(at)) == at);
        REQUIRE(table.find(nameAt(at)) == at);
        REQUIRE(table.name(table.find(nameAt(at))) == nameAt(at));
        // Same length, same three samples, another letter at the very beginning.
        auto alike = nameAt(at);
        alike[0] = 'D';
        REQUIRE(table.find(alike) == kCleInconnue);
    }
    CHECK(table.size() == kMaxCles);
    CHECK(table.find("") == kCleInconnue);
    CHECK(table.find("x") == kCleInconnue);
    CHECK(table.find(std::string(100000, 'a')) == kCleInconnue);
}

TEST_CASE("names of every length are told apart") {
    KeyTable table;
    for (std::size_t size = 0; size < 40; ++size) {
        table.intern(std::string(size, 'a'));
        table.intern(std::string(size, 'a') + "b");
    }
    CHECK(table.size() == 80);
    for (std::size_t size = 0; size < 40; ++size) {
        REQUIRE(table.name(table.find(std::string(size, 'a'))).size() == size);
        REQUIRE(table.name(table.find(std::string(size, 'a') + "b")).size() == size + 1);
    }
}

TEST_CASE("a table that is full says so") {
    KeyTable table;
    for (std::size_t at = 0; at < kMaxCles; ++at) table.intern(nameAt(at));
    CHECK_THROWS_AS(table.intern("one more"), Error);
}
