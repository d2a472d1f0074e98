// Shapes of zones: read, repaired, refused.
#include "services/routing/domain/formes.hpp"

#include <chrono>
#include <cmath>

#include <catch2/catch.hpp>

#include "services/routing/domain/zones.hpp"

using namespace histologe;
using namespace histologe::routing;
using core::Json;

namespace {

bool contient(const std::string& wkt, double x, double y) {
    const std::vector<std::string> une{wkt};
    return !IndexZones(une).containing({x, y}).empty();
}

}  // namespace

TEST_CASE("P-051: a point is inside or outside the polygon that was given") {
    const auto lue = lireWkt("POLYGON ((0 0, 0 50, 50 50, 50 0, 0 0))");
    REQUIRE(lue.forme);
    CHECK(contient(lue.forme->wkt, 1, 1));
    CHECK_FALSE(contient(lue.forme->wkt, 66, 66));
    CHECK(lue.forme->sommets == 5);
    CHECK(lue.forme->emprise == domain::Emprise{50, 50, 0, 0});
}

TEST_CASE("P-052: the border is outside, in every form in which the zone was given") {
    const Json geojson = {{"type", "Polygon"}, {"coordinates", {{{0, 0}, {0, 50}, {50, 50}, {50, 0}, {0, 0}}}}};
    for (const auto& lue : {lireWkt("POLYGON ((0 0, 0 50, 50 50, 50 0, 0 0))"), lireGeoJson(geojson)}) {
        REQUIRE(lue.forme);
        for (const auto& [x, y] : {std::pair(0.0, 25.0), {50.0, 50.0}, {25.0, 0.0}})
            CHECK_FALSE(contient(lue.forme->wkt, x, y));
    }
}

TEST_CASE("what is written is read again as it was, and is valid") {
    for (const auto* wkt : {"POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 6 4, 6 6, 4 6, 4 4))",
                            "POLYGON Z ((0 0 5, 10 0 5, 10 10 5, 0 0 5))",
                            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((20 20, 21 20, 21 21, 20 20)))",
                            "GEOMETRYCOLLECTION (POLYGON ((0 0, 1 0, 1 1, 0 0)), POLYGON ((2 2, 3 2, 3 3, 2 2)))",
                            "POLYGON ((0.1 0.2, 0.30000000000000004 0.2, 0.3 0.7, 0.1 0.2))"}) {
        const auto lue = lireWkt(wkt);
        INFO(wkt << " " << lue.raison);
        REQUIRE(lue.forme);
        CHECK_FALSE(lue.forme->reparation);
        const auto encore = lireWkt(lue.forme->wkt);
        CHECK(encore.forme->wkt == lue.forme->wkt);
        CHECK(lireGeoJson(enGeoJson(lue.forme->wkt)).forme->wkt == lue.forme->wkt);
    }
}

TEST_CASE("what can be repaired is, and covers what it seemed to cover") {
    const auto noeud = lireWkt("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))");
    REQUIRE(noeud.forme);
    CHECK(noeud.forme->reparation->find("se croise en [5 5]") != std::string::npos);
    CHECK(contient(noeud.forme->wkt, 1, 5));
    CHECK_FALSE(contient(noeud.forme->wkt, 5, 1));
    const auto deux = lireWkt("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((5 5, 15 5, 15 15, 5 15, 5 5)))");
    REQUIRE(deux.forme);
    CHECK(deux.forme->reparation);
    CHECK(contient(deux.forme->wkt, 7, 7));
    CHECK(lireWkt(deux.forme->wkt).forme->reparation == std::nullopt);
}

TEST_CASE("what is no zone is refused, each with its code") {
    const std::pair<const char*, const char*> cas[] = {{"", "wkt_illisible"},
                                                       {"POLYGON((5.3 43.2, 5.4", "wkt_illisible"},
                                                       {"POLYGON ((0 0, 1 1))", "wkt_illisible"},
                                                       {"POLYGON ((0 0, 1 0, 1 1))", "wkt_illisible"},
                                                       {"POINT (1 1)", "sans_surface"},
                                                       {"POLYGON EMPTY", "sans_surface"},
                                                       {"GEOMETRYCOLLECTION EMPTY", "sans_surface"},
                                                       {"POLYGON ((0 0, 1 1, 2 2, 0 0))", "sans_surface"},
                                                       {"POLYGON ((0 0, 181 0, 181 1, 0 0))", "hors_du_globe"},
                                                       {"POLYGON ((0 0, 1e300 0, 1 1, 0 0))", "hors_du_globe"},
                                                       {"POLYGON ((0 0, nan 0, 1 1, 0 0))", "sans_surface"}};
    for (const auto& [wkt, code] : cas) {
        const auto lue = lireWkt(wkt);
        INFO(wkt << " " << lue.raison);
        CHECK_FALSE(lue.forme);
        CHECK(lue.code == code);
        CHECK_FALSE(lue.raison.empty());
    }
    for (const Json& geojson :
         {Json(), Json(3), Json::object(), Json{{"type", "Polygon"}, {"coordinates", "x"}},
          Json{{"type", "FeatureCollection"}}, Json{{"type", "Polygon"}, {"coordinates", {{{0}, {1}, {2}}}}}}) {
        const auto lue = lireGeoJson(geojson);
        INFO(geojson.dump() << " " << lue.raison);
        CHECK(lue.code == "geojson_illisible");
    }
}

TEST_CASE("hostile shapes cost little") {
    std::string profond;
    for (int i = 0; i < 1'000'000; ++i) profond += "GEOMETRYCOLLECTION (";
    std::string etoile = "POLYGON ((";
    for (int i = 0; i <= 20'000; ++i) {
        const double angle = i % 20'000 * 2.4;
        etoile += (i > 0 ? ", " : "") + std::to_string(std::cos(angle)) + " " + std::to_string(std::sin(angle));
    }
    const auto debut = std::chrono::steady_clock::now();
    CHECK(lireWkt(profond).code == "wkt_illisible");
    CHECK(lireWkt(etoile + "))").code == "trop_embrouillee");
    CHECK(std::chrono::steady_clock::now() - debut < std::chrono::seconds(5));
}
