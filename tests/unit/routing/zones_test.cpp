#include "services/routing/domain/zones.hpp"

#include <atomic>
#include <cmath>
#include <random>
#include <thread>

#include <catch2/catch.hpp>

using histologe::routing::IndexZones;
using histologe::routing::Position;
using histologe::routing::zoneProblem;

namespace {

const std::string kSquare = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))";
const std::string kHoled = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 6 4, 6 6, 4 6, 4 4))";

bool holds(const std::string& wkt, double x, double y) {
    const std::vector<std::string> wkts{wkt};
    return !IndexZones(wkts).containing({x, y}).empty();
}

}  // namespace

TEST_CASE("the inside is in, the boundary and the corners are out") {
    CHECK(holds(kSquare, 5, 5));
    CHECK(holds(kSquare, 1e-9, 1e-9));
    for (const auto& [x, y] : {std::pair{0., 0.}, {10., 10.}, {0., 5.}, {5., 0.}, {10., 5.}, {5., 10.}}) {
        INFO(x << " " << y);
        CHECK_FALSE(holds(kSquare, x, y));
    }
    CHECK_FALSE(holds(kSquare, -1e-9, 5));
    CHECK_FALSE(holds(kSquare, 11, 5));
}

TEST_CASE("a slanted edge is out too") {
    const std::string triangle = "POLYGON ((0 0, 8 4, 0 8, 0 0))";
    CHECK_FALSE(holds(triangle, 4, 2));
    CHECK_FALSE(holds(triangle, 2, 1));
    CHECK(holds(triangle, 4, 2.0000001));
    CHECK_FALSE(holds(triangle, 4, 1.9999999));
}

TEST_CASE("a ray that meets a corner is counted once") {
    // A diamond and a sawtooth: points level with corners are where a naive count goes wrong.
    const std::string diamond = "POLYGON ((5 0, 10 5, 5 10, 0 5, 5 0))";
    CHECK(holds(diamond, 5, 5));
    CHECK_FALSE(holds(diamond, -1, 5));
    CHECK_FALSE(holds(diamond, 11, 5));
    const std::string saw = "POLYGON ((0 0, 12 0, 12 4, 10 8, 8 4, 6 8, 4 4, 2 8, 0 4, 0 0))";
    CHECK(holds(saw, 1, 4));
    CHECK_FALSE(holds(saw, 4, 5));
    CHECK_FALSE(holds(saw, -1, 4));
    CHECK_FALSE(holds(saw, 13, 4));
    CHECK_FALSE(holds(saw, 1, 8));
    CHECK(holds(saw, 6, 4));
}

TEST_CASE("holes and their boundary are out") {
    CHECK_FALSE(holds(kHoled, 5, 5));
    CHECK_FALSE(holds(kHoled, 4, 5));
    CHECK_FALSE(holds(kHoled, 6, 6));
    CHECK(holds(kHoled, 3.999, 5));
    CHECK(holds(kHoled, 1, 1));
}

TEST_CASE("every member of a multipolygon counts") {
    const std::string two = "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 1, 0 0)), ((20 20, 21 20, 21 21, 20 21, 20 20)))";
    CHECK(holds(two, 0.5, 0.5));
    CHECK(holds(two, 20.5, 20.5));
    CHECK_FALSE(holds(two, 10, 10));
}

TEST_CASE("a collection is taken for what it means") {
    const std::string line = "LINESTRING (100 100, 101 101)";
    const std::string far = "POLYGON ((20 0, 30 0, 30 10, 20 10, 20 0))";
    const auto collection = [](const std::string& members) { return "GEOMETRYCOLLECTION (" + members + ")"; };
    CHECK(holds(collection(kSquare), 5, 5));
    CHECK(holds(collection(kSquare + ", " + far), 5, 5));
    CHECK(holds(collection(kSquare + ", " + far), 25, 5));
    // Mixed: only the first member stands.
    CHECK(holds(collection(kSquare + ", " + line + ", " + far), 5, 5));
    CHECK_FALSE(holds(collection(kSquare + ", " + line + ", " + far), 25, 5));
    CHECK(holds(collection(collection(kSquare)), 5, 5));
    CHECK(zoneProblem(collection(line + ", " + kSquare)).has_value());
    CHECK(zoneProblem("GEOMETRYCOLLECTION EMPTY").has_value());
}

TEST_CASE("polygons that overlap or touch cover their union") {
    const std::string overlap = "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((5 0, 15 0, 15 10, 5 10, 5 0)))";
    CHECK(holds(overlap, 7, 5));
    CHECK(holds(overlap, 2, 5));
    CHECK(holds(overlap, 12, 5));
    const std::string neighbours = "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((10 0, 20 0, 20 10, 10 10, 10 0)))";
    CHECK(holds(neighbours, 10, 5));
    CHECK_FALSE(holds(neighbours, 10, 0));
    const std::string bowtie = "POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))";
    CHECK(holds(bowtie, 1, 5));
    CHECK(holds(bowtie, 9, 5));
    CHECK_FALSE(holds(bowtie, 5, 9));
}

TEST_CASE("what cannot be a zone is refused in French") {
    CHECK_FALSE(zoneProblem(kSquare).has_value());
    CHECK_FALSE(zoneProblem("polygon((0 0,1 0,1 1,0 0))").has_value());
    for (const auto* wkt :
         {"", "POLYGON", "POLYGON ((0 0, 1 0, 1 1))", "POINT (1 2)", "LINESTRING (0 0, 1 1)", "POLYGON EMPTY",
          "POLYGON ((0 0, 1 1, 2 2, 0 0))", "POLYGON ((0 0, nan 0, 1 1, 0 0))", "{\"type\":\"Polygon\"}"}) {
        INFO(wkt);
        CHECK(zoneProblem(wkt).has_value());
    }
    CHECK(zoneProblem("POINT (1 2)").value_or("") == "Cette géométrie ne dessine aucune surface.");
}

TEST_CASE("an unusable zone keeps its number and contains nothing") {
    const std::vector<std::string> wkts{kSquare, "n'importe quoi", kHoled};
    const IndexZones index(wkts);
    REQUIRE(index.problems().size() == 1);
    CHECK(index.problems()[0].zone == 1);
    CHECK(index.containing({1, 1}) == std::vector<std::uint32_t>{0, 2});
    CHECK(index.containing({5, 5}) == std::vector<std::uint32_t>{0});
    CHECK(index.containing({std::nan(""), 5}).empty());
    CHECK(index.containing({INFINITY, 5}).empty());
    const std::vector<std::string> none;
    CHECK(IndexZones(none).containing({1, 1}).empty());
}

TEST_CASE("a polygon and its answer agree with plain arithmetic at random points") {
    std::mt19937 random(20260807);
    std::uniform_real_distribution<double> anywhere(-2, 12);
    const std::vector<std::string> wkts{kHoled, "POLYGON ((5 0, 10 5, 5 10, 0 5, 5 0))"};
    const IndexZones index(wkts);
    std::size_t inside = 0;
    for (int i = 0; i < 5000; ++i) {
        const double x = anywhere(random);
        const double y = anywhere(random);
        const bool square = x > 0 && x < 10 && y > 0 && y < 10;
        const bool hole = x >= 4 && x <= 6 && y >= 4 && y <= 6;
        std::vector<std::uint32_t> expected;
        if (square && !hole) expected.push_back(0);
        if (std::abs(x - 5) + std::abs(y - 5) < 5) expected.push_back(1);
        INFO(x << " " << y);
        REQUIRE(index.containing({x, y}) == expected);
        inside += expected.size();
    }
    CHECK(inside > 2000);
}

TEST_CASE("translating a polygon and a point together changes nothing") {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> offset(-180, 180);
    for (int i = 0; i < 50; ++i) {
        // Multiples of 1/64 so that the sums are exact.
        const double dx = std::round(offset(random) * 64) / 64;
        const double dy = std::round(offset(random) * 64) / 64;
        const auto corner = [&](double x, double y) { return std::to_string(x + dx) + " " + std::to_string(y + dy); };
        const auto moved = "POLYGON ((" + corner(0, 0) + ", " + corner(1, 0) + ", " + corner(1, 1) + ", " +
                           corner(0, 1) + ", " + corner(0, 0) + "))";
        INFO(moved);
        CHECK(holds(moved, dx + 0.5, dy + 0.5));
        CHECK_FALSE(holds(moved, dx + 1.5, dy + 0.5));
        CHECK_FALSE(holds(moved, dx - 0.5, dy + 0.5));
    }
}

TEST_CASE("threads may ask at once") {
    const std::vector<std::string> wkts{kHoled, kSquare};
    const IndexZones index(wkts);
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 2000; ++i) {
                wrong += index.containing({1, 1}) == std::vector<std::uint32_t>{0, 1} ? 0 : 1;
                wrong += index.containing({5, 5}) == std::vector<std::uint32_t>{1} ? 0 : 1;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(wrong == 0);
}
