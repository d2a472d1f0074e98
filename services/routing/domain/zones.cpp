#include "services/routing/domain/zones.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "libs/core/error.hpp"
#include "services/routing/domain/geometrie.hpp"

namespace histologe::routing {
namespace {

using namespace geometrie;  // NOLINT: these two files are one idea

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
