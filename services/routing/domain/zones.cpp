#include "services/routing/domain/zones.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

#include <geos_c.h>

#include "libs/core/error.hpp"

namespace histologe::routing {
namespace {

struct ContextDeleter {
    void operator()(GEOSContextHandle_HS* handle) const { GEOS_finish_r(handle); }
};

// One handle of the library and what it said last. A handle is used by one thread at a time.
class Context {
  public:
    Context() : handle_(GEOS_init_r()) {
        GEOSContext_setErrorMessageHandler_r(
            handle_.get(), [](const char* message, void* last) { *static_cast<std::string*>(last) = message; },
            &*last_);
    }
    [[nodiscard]] GEOSContextHandle_t get() const { return handle_.get(); }
    [[nodiscard]] const std::string& lastError() const { return *last_; }

  private:
    std::unique_ptr<std::string> last_ = std::make_unique<std::string>();
    std::unique_ptr<GEOSContextHandle_HS, ContextDeleter> handle_;
};

// An object of the library with the handle that must destroy it.
template <typename Object, void (*destroy)(GEOSContextHandle_t, Object*)>
struct Deleter {
    GEOSContextHandle_t handle = nullptr;
    void operator()(Object* object) const { destroy(handle, object); }
};

void destroyGeometry(GEOSContextHandle_t handle, GEOSGeometry* geometry) {
    GEOSGeom_destroy_r(handle, geometry);
}
void destroyPrepared(GEOSContextHandle_t handle, const GEOSPreparedGeometry* prepared) {
    GEOSPreparedGeom_destroy_r(handle, prepared);
}
void destroyTree(GEOSContextHandle_t handle, GEOSSTRtree* tree) {
    GEOSSTRtree_destroy_r(handle, tree);
}
void destroyReader(GEOSContextHandle_t handle, GEOSWKTReader* reader) {
    GEOSWKTReader_destroy_r(handle, reader);
}

using Geometry = std::unique_ptr<GEOSGeometry, Deleter<GEOSGeometry, destroyGeometry>>;
using Prepared = std::unique_ptr<const GEOSPreparedGeometry, Deleter<const GEOSPreparedGeometry, destroyPrepared>>;
using Tree = std::unique_ptr<GEOSSTRtree, Deleter<GEOSSTRtree, destroyTree>>;
using Reader = std::unique_ptr<GEOSWKTReader, Deleter<GEOSWKTReader, destroyReader>>;

bool isPolygonal(int type) {
    return type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON;
}

// Adds copies of the polygons of `geometry`, those inside its collections too.
void collectPolygons(GEOSContextHandle_t handle, const GEOSGeometry* geometry, std::vector<GEOSGeometry*>& polygons) {
    if (GEOSGeomTypeId_r(handle, geometry) == GEOS_POLYGON) {
        polygons.push_back(GEOSGeom_clone_r(handle, geometry));
        return;
    }
    for (int i = 0; i < GEOSGetNumGeometries_r(handle, geometry); ++i) {
        collectPolygons(handle, GEOSGetGeometryN_r(handle, geometry, i), polygons);
    }
}

// The part of a pasted geometry that is meant (see zoneProblem); null when that part has no surface.
Geometry meantSurface(GEOSContextHandle_t handle, const GEOSGeometry* geometry) {
    const auto type = GEOSGeomTypeId_r(handle, geometry);
    if (isPolygonal(type)) return {GEOSGeom_clone_r(handle, geometry), {handle}};
    if (type != GEOS_GEOMETRYCOLLECTION) return {nullptr, {handle}};
    const auto members = GEOSGetNumGeometries_r(handle, geometry);
    bool onlyPolygons = true;
    for (int i = 0; i < members; ++i) {
        onlyPolygons &= isPolygonal(GEOSGeomTypeId_r(handle, GEOSGetGeometryN_r(handle, geometry, i)));
    }
    if (members > 1 && onlyPolygons) {
        std::vector<GEOSGeometry*> polygons;
        collectPolygons(handle, geometry, polygons);
        return {GEOSGeom_createCollection_r(handle, GEOS_MULTIPOLYGON, polygons.data(),
                                            static_cast<unsigned>(polygons.size())),
                {handle}};
    }
    return members == 0 ? Geometry{nullptr, {handle}} : meantSurface(handle, GEOSGetGeometryN_r(handle, geometry, 0));
}

// Shells united and holes taken away, so that overlapping polygons cover what they seem to cover.
Geometry madeValid(GEOSContextHandle_t handle, Geometry surface) {
    if (GEOSisValid_r(handle, surface.get()) == 1) return surface;
    auto* params = GEOSMakeValidParams_create_r(handle);
    GEOSMakeValidParams_setMethod_r(handle, params, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(handle, params, 0);
    Geometry valid{GEOSMakeValidWithParams_r(handle, surface.get(), params), {handle}};
    GEOSMakeValidParams_destroy_r(handle, params);
    return valid;
}

struct Reading {
    Geometry surface;
    std::string problem;
};

Reading readZone(const Context& context, const std::string& wkt) {
    const auto handle = context.get();
    const Geometry none{nullptr, {handle}};
    const Reader reader{GEOSWKTReader_create_r(handle), {handle}};
    const Geometry geometry{GEOSWKTReader_read_r(handle, reader.get(), wkt.c_str()), {handle}};
    if (!geometry) return {{nullptr, {handle}}, "Ce texte n'est pas une géométrie WKT : " + context.lastError()};
    auto surface = meantSurface(handle, geometry.get());
    if (surface) surface = madeValid(handle, std::move(surface));
    double area = 0;
    const bool measured = surface && GEOSArea_r(handle, surface.get(), &area) == 1;
    if (!measured || !(area > 0) || !std::isfinite(area)) {
        return {{nullptr, {handle}}, "Cette géométrie ne dessine aucune surface."};
    }
    return {std::move(surface), {}};
}

Surface::Anneau ringOf(GEOSContextHandle_t handle, const GEOSGeometry* ring) {
    Surface::Anneau anneau;
    const auto* points = GEOSGeom_getCoordSeq_r(handle, ring);
    unsigned count = 0;
    GEOSCoordSeq_getSize_r(handle, points, &count);
    for (unsigned i = 0; i < count; ++i) {
        Position position{};
        GEOSCoordSeq_getXY_r(handle, points, i, &position.longitude, &position.latitude);
        anneau.push_back(position);
    }
    return anneau;
}

}  // namespace

std::optional<std::string> zoneProblem(const std::string& wkt) {
    const Context context;
    auto reading = readZone(context, wkt);
    if (reading.surface) return std::nullopt;
    return reading.problem;
}

std::vector<Surface> surfacesDe(const std::string& wkt) {
    const Context context;
    const auto handle = context.get();
    const auto reading = readZone(context, wkt);
    std::vector<Surface> surfaces;
    if (!reading.surface) return surfaces;
    std::vector<GEOSGeometry*> polygons;
    collectPolygons(handle, reading.surface.get(), polygons);
    for (auto* one : polygons) {
        const Geometry polygon{one, {handle}};
        Surface surface{ringOf(handle, GEOSGetExteriorRing_r(handle, one)), {}};
        for (int i = 0; i < GEOSGetNumInteriorRings_r(handle, one); ++i) {
            surface.trous.push_back(ringOf(handle, GEOSGetInteriorRingN_r(handle, one, i)));
        }
        surfaces.push_back(std::move(surface));
    }
    return surfaces;
}

struct IndexZones::Geometries {
    struct Zone {
        std::uint32_t number;
        Geometry surface;
        Prepared prepared;
    };

    // First, so that it is destroyed last.
    Context context;
    std::vector<Zone> zones;
    std::vector<Problem> problems;
    Tree tree;
    std::mutex mutex;
};

IndexZones::IndexZones(std::span<const std::string> wkts) : geometries_(std::make_unique<Geometries>()) {
    const auto handle = geometries_->context.get();
    auto& zones = geometries_->zones;
    zones.reserve(wkts.size());
    for (std::uint32_t number = 0; number < wkts.size(); ++number) {
        auto reading = readZone(geometries_->context, wkts[number]);
        if (!reading.surface) {
            geometries_->problems.push_back({number, std::move(reading.problem)});
            continue;
        }
        Prepared prepared{GEOSPrepare_r(handle, reading.surface.get()), {handle}};
        zones.push_back({number, std::move(reading.surface), std::move(prepared)});
    }
    if (zones.empty()) return;
    constexpr std::size_t kNodeCapacity = 10;
    geometries_->tree = Tree{GEOSSTRtree_create_r(handle, kNodeCapacity), {handle}};
    for (auto& zone : zones) GEOSSTRtree_insert_r(handle, geometries_->tree.get(), zone.surface.get(), &zone);
}

IndexZones::~IndexZones() = default;
IndexZones::IndexZones(IndexZones&&) noexcept = default;
IndexZones& IndexZones::operator=(IndexZones&&) noexcept = default;

const std::vector<IndexZones::Problem>& IndexZones::problems() const noexcept {
    return geometries_->problems;
}

std::vector<std::uint32_t> IndexZones::containing(Position position) const {
    std::vector<std::uint32_t> found;
    if (!geometries_->tree || !std::isfinite(position.longitude) || !std::isfinite(position.latitude)) return found;
    const auto handle = geometries_->context.get();
    const std::lock_guard lock(geometries_->mutex);
    const Geometry point{GEOSGeom_createPointFromXY_r(handle, position.longitude, position.latitude), {handle}};
    struct Search {
        GEOSContextHandle_t handle;
        const GEOSGeometry* point;
        std::vector<std::uint32_t>& found;
        bool failed = false;
    } search{handle, point.get(), found};
    GEOSSTRtree_query_r(
        handle, geometries_->tree.get(), point.get(),
        [](void* item, void* data) {
            const auto& zone = *static_cast<const Geometries::Zone*>(item);
            auto& asked = *static_cast<Search*>(data);
            // 0 no, 1 yes, 2 the library failed.
            const auto answer = GEOSPreparedContains_r(asked.handle, zone.prepared.get(), asked.point);
            if (answer == 1) asked.found.push_back(zone.number);
            asked.failed |= answer == 2;
        },
        &search);
    if (search.failed) {
        throw core::Error(core::ErrorKind::Internal, "geometrie_illisible",
                          "Une zone n'a pas pu être comparée à un point.", {}, geometries_->context.lastError());
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace histologe::routing
