#include "libs/domain/desordres/precision_set.hpp"

#include <random>
#include <set>

#include <catch2/catch.hpp>

using histologe::desordres::kMaxPrecisions;
using histologe::desordres::PrecisionIndex;
using histologe::desordres::PrecisionSet;

TEST_CASE("a set of précisions behaves as a set of numbers") {
    std::mt19937 random(20260606);
    for (int round = 0; round < 200; ++round) {
        PrecisionSet ours;
        std::set<PrecisionIndex> model;
        for (int step = 0; step < 300; ++step) {
            const auto index = static_cast<PrecisionIndex>(random() % kMaxPrecisions);
            if (random() % 3 != 0) {
                ours.add(index);
                model.insert(index);
            } else {
                ours.remove(index);
                model.erase(index);
            }
        }
        std::vector<PrecisionIndex> visited;
        ours.forEach([&](PrecisionIndex index) { visited.push_back(index); });
        REQUIRE(visited == std::vector<PrecisionIndex>(model.begin(), model.end()));
        REQUIRE(ours.size() == model.size());
        REQUIRE(ours.empty() == model.empty());
        for (PrecisionIndex index = 0; index < kMaxPrecisions; ++index) {
            REQUIRE(ours.contains(index) == (model.count(index) == 1));
        }
    }
}

TEST_CASE("two sets are met and joined") {
    PrecisionSet left;
    PrecisionSet right;
    for (const PrecisionIndex index : {0, 63, 64, 200}) left.add(index);
    for (const PrecisionIndex index : {63, 200, 255}) right.add(index);
    PrecisionSet both;
    both.add(63);
    both.add(200);
    CHECK((left & right) == both);
    CHECK((left | right).size() == 5);
    CHECK((left | right).contains(255));
    CHECK((left & PrecisionSet()).empty());
}
