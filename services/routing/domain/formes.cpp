#include "services/routing/domain/formes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "services/routing/domain/geometrie.hpp"

namespace histologe::routing {
namespace {

using namespace geometrie;  // NOLINT: as in zones.cpp

// A collection of multipolygons has five; the reader of WKT calls itself for each.
constexpr int kProfondeurMax = 10;
// Beyond, repairing would take minutes: outlines that people draw cross themselves a few times.
constexpr std::size_t kCroisementsMax = 5000;
constexpr std::size_t kComparaisonsMax = 30'000'000;

void destroyGeoJsonReader(GEOSContextHandle_t handle, GEOSGeoJSONReader* reader) {
    GEOSGeoJSONReader_destroy_r(handle, reader);
}
void destroyGeoJsonWriter(GEOSContextHandle_t handle, GEOSGeoJSONWriter* writer) {
    GEOSGeoJSONWriter_destroy_r(handle, writer);
}
void destroyWktWriter(GEOSContextHandle_t handle, GEOSWKTWriter* writer) {
    GEOSWKTWriter_destroy_r(handle, writer);
}
using GeoJsonReader = std::unique_ptr<GEOSGeoJSONReader, Deleter<GEOSGeoJSONReader, destroyGeoJsonReader>>;
using GeoJsonWriter = std::unique_ptr<GEOSGeoJSONWriter, Deleter<GEOSGeoJSONWriter, destroyGeoJsonWriter>>;
using WktWriter = std::unique_ptr<GEOSWKTWriter, Deleter<GEOSWKTWriter, destroyWktWriter>>;

LectureForme refus(const char* code, std::string raison) {
    return {std::nullopt, code, std::move(raison)};
}

bool estTropProfond(std::string_view wkt) {
    int profondeur = 0;
    for (const char c : wkt) {
        profondeur += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (profondeur > kProfondeurMax) return true;
    }
    return false;
}

// The library writes its own text from a GEOS allocation.
std::string pris(GEOSContextHandle_t handle, char* texte) {
    std::string copie = texte == nullptr ? "" : texte;
    GEOSFree_r(handle, texte);
    return copie;
}

std::string raisonDe(GEOSContextHandle_t handle, const GEOSGeometry* surface) {
    constexpr std::pair<std::string_view, const char*> kRaisons[] = {
        {"Self-intersection", "le contour se croise"},
        {"Ring Self-intersection", "le contour repasse par un même point"},
        {"Hole lies outside shell", "un trou est hors du contour"},
        {"Holes are nested", "un trou est dans un autre"},
        {"Nested shells", "un contour est dans un autre"},
        {"Duplicate Rings", "un contour est donné deux fois"},
        {"Interior is disconnected", "les trous coupent la surface en morceaux"},
        {"Too few points", "un contour a trop peu de points"},
    };
    const auto anglais = pris(handle, GEOSisValidReason_r(handle, surface));
    const auto ou = anglais.find('[');
    const auto lieu = ou == std::string::npos ? std::string() : " en " + anglais.substr(ou);
    for (const auto& [debut, francais] : kRaisons) {
        if (anglais.starts_with(debut)) return std::string("Réparé : ") + francais + lieu + ".";
    }
    return "Réparé : la géométrie n'était pas valide" + lieu + ".";
}

struct Segment {
    double x1, y1, x2, y2;
};

void ajouterSegments(GEOSContextHandle_t handle, const GEOSGeometry* geometry, std::vector<Segment>& segments) {
    std::vector<GEOSGeometry*> polygons;
    collectPolygons(handle, geometry, polygons);
    for (auto* un : polygons) {
        const Geometry polygon{un, {handle}};
        for (int i = -1; i < GEOSGetNumInteriorRings_r(handle, un); ++i) {
            const auto* ring = i < 0 ? GEOSGetExteriorRing_r(handle, un) : GEOSGetInteriorRingN_r(handle, un, i);
            const auto* points = GEOSGeom_getCoordSeq_r(handle, ring);
            unsigned combien = 0;
            GEOSCoordSeq_getSize_r(handle, points, &combien);
            for (unsigned n = 1; n < combien; ++n) {
                Segment s{};
                GEOSCoordSeq_getXY_r(handle, points, n - 1, &s.x1, &s.y1);
                GEOSCoordSeq_getXY_r(handle, points, n, &s.x2, &s.y2);
                segments.push_back(s);
            }
        }
    }
}

bool seCroisent(const Segment& a, const Segment& b) {
    const auto cote = [](const Segment& s, double x, double y) {
        return (s.x2 - s.x1) * (y - s.y1) - (s.y2 - s.y1) * (x - s.x1);
    };
    return cote(a, b.x1, b.y1) * cote(a, b.x2, b.y2) < 0 && cote(b, a.x1, a.y1) * cote(b, a.x2, a.y2) < 0;
}

// Swept from west to east; gives up as soon as there is too much to do.
bool estTropEmbrouillee(GEOSContextHandle_t handle, const GEOSGeometry* surface) {
    std::vector<Segment> segments;
    ajouterSegments(handle, surface, segments);
    const auto ouest = [](const Segment& s) { return std::min(s.x1, s.x2); };
    std::sort(segments.begin(), segments.end(), [&](const auto& a, const auto& b) { return ouest(a) < ouest(b); });
    std::size_t comparaisons = 0;
    std::size_t croisements = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const double est = std::max(segments[i].x1, segments[i].x2);
        for (std::size_t j = i + 1; j < segments.size() && ouest(segments[j]) <= est; ++j) {
            croisements += seCroisent(segments[i], segments[j]) ? 1 : 0;
            if (++comparaisons > kComparaisonsMax || croisements > kCroisementsMax) return true;
        }
    }
    return false;
}

bool estSurLeGlobe(const domain::Emprise& e) {
    return std::isfinite(e.est) && std::isfinite(e.nord) && e.ouest >= -180 && e.est <= 180 && e.sud >= -90 &&
           e.nord <= 90;
}

LectureForme lire(const Context& context, const Geometry& geometry) {
    const auto handle = context.get();
    if (const int sommets = GEOSGetNumCoordinates_r(handle, geometry.get());
        sommets < 0 || static_cast<std::size_t>(sommets) > kSommetsMax) {
        return refus("trop_de_sommets", "Cette géométrie a plus de " + std::to_string(kSommetsMax) + " points.");
    }
    auto surface = meantSurface(handle, geometry.get());
    if (!surface || GEOSisEmpty_r(handle, surface.get()) != 0) return refus("sans_surface", kSansSurface);
    Forme forme;
    auto& e = forme.emprise;
    const bool aDesBornes = GEOSGeom_getXMin_r(handle, surface.get(), &e.ouest) == 1 &&
                            GEOSGeom_getXMax_r(handle, surface.get(), &e.est) == 1 &&
                            GEOSGeom_getYMin_r(handle, surface.get(), &e.sud) == 1 &&
                            GEOSGeom_getYMax_r(handle, surface.get(), &e.nord) == 1;
    if (!aDesBornes || !estSurLeGlobe(e)) {
        return refus("hors_du_globe",
                     "Donnez des degrés : la longitude (entre -180 et 180), puis la latitude (entre -90 et 90).");
    }
    if (GEOSisValid_r(handle, surface.get()) != 1) {
        if (estTropEmbrouillee(handle, surface.get())) {
            return refus("trop_embrouillee", "Le contour se croise trop de fois pour être réparé.");
        }
        forme.reparation = raisonDe(handle, surface.get());
        surface = madeValid(handle, std::move(surface));
    }
    if (!hasSurface(handle, surface)) return refus("sans_surface", kSansSurface);
    forme.sommets = static_cast<std::size_t>(GEOSGetNumCoordinates_r(handle, surface.get()));
    const WktWriter writer{GEOSWKTWriter_create_r(handle), {handle}};
    GEOSWKTWriter_setTrim_r(handle, writer.get(), 1);
    GEOSWKTWriter_setOutputDimension_r(handle, writer.get(), 2);
    forme.wkt = pris(handle, GEOSWKTWriter_write_r(handle, writer.get(), surface.get()));
    return {std::move(forme), {}, {}};
}

}  // namespace

LectureForme lireWkt(const std::string& wkt) {
    if (estTropProfond(wkt))
        return refus("wkt_illisible", "Ce texte n'est pas une géométrie WKT : trop de parenthèses.");
    const Context context;
    const auto handle = context.get();
    const Reader reader{GEOSWKTReader_create_r(handle), {handle}};
    const Geometry geometry{GEOSWKTReader_read_r(handle, reader.get(), wkt.c_str()), {handle}};
    if (!geometry) {
        return refus("wkt_illisible", "Ce texte n'est pas une géométrie WKT : " + context.lastError());
    }
    return lire(context, geometry);
}

LectureForme lireGeoJson(const core::Json& geojson) {
    const Context context;
    const auto handle = context.get();
    const GeoJsonReader reader{GEOSGeoJSONReader_create_r(handle), {handle}};
    const auto texte = core::dumpJson(geojson);
    const Geometry geometry{GEOSGeoJSONReader_readGeometry_r(handle, reader.get(), texte.c_str()), {handle}};
    if (!geometry)
        return refus("geojson_illisible", "Ce document n'est pas une géométrie GeoJSON : " + context.lastError());
    return lire(context, geometry);
}

core::Json enGeoJson(const std::string& wkt) {
    const Context context;
    const auto handle = context.get();
    const Reader reader{GEOSWKTReader_create_r(handle), {handle}};
    const Geometry geometry{GEOSWKTReader_read_r(handle, reader.get(), wkt.c_str()), {handle}};
    if (!geometry) return nullptr;
    const GeoJsonWriter writer{GEOSGeoJSONWriter_create_r(handle), {handle}};
    const auto texte = pris(handle, GEOSGeoJSONWriter_writeGeometry_r(handle, writer.get(), geometry.get(), -1));
    return texte.empty() ? core::Json(nullptr) : core::parseJson(texte);
}

bool seTouchent(const domain::Emprise& une, const domain::Emprise& autre) noexcept {
    return une.ouest <= autre.est && autre.ouest <= une.est && une.sud <= autre.nord && autre.sud <= une.nord;
}

}  // namespace histologe::routing
