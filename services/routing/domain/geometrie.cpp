#include "services/routing/domain/geometrie.hpp"

#include <cmath>

namespace histologe::routing::geometrie {
namespace {

bool isPolygonal(int type) {
    return type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON;
}

}  // namespace

void collectPolygons(GEOSContextHandle_t handle, const GEOSGeometry* geometry, std::vector<GEOSGeometry*>& polygons) {
    if (GEOSGeomTypeId_r(handle, geometry) == GEOS_POLYGON) {
        polygons.push_back(GEOSGeom_clone_r(handle, geometry));
        return;
    }
    for (int i = 0; i < GEOSGetNumGeometries_r(handle, geometry); ++i) {
        collectPolygons(handle, GEOSGetGeometryN_r(handle, geometry, i), polygons);
    }
}

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

Geometry madeValid(GEOSContextHandle_t handle, Geometry surface) {
    if (GEOSisValid_r(handle, surface.get()) == 1) return surface;
    auto* params = GEOSMakeValidParams_create_r(handle);
    GEOSMakeValidParams_setMethod_r(handle, params, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(handle, params, 0);
    Geometry valid{GEOSMakeValidWithParams_r(handle, surface.get(), params), {handle}};
    GEOSMakeValidParams_destroy_r(handle, params);
    return valid;
}

bool hasSurface(GEOSContextHandle_t handle, const Geometry& surface) {
    double area = 0;
    return surface && GEOSArea_r(handle, surface.get(), &area) == 1 && area > 0 && std::isfinite(area);
}

Reading readZone(const Context& context, const std::string& wkt) {
    const auto handle = context.get();
    const Geometry none{nullptr, {handle}};
    const Reader reader{GEOSWKTReader_create_r(handle), {handle}};
    const Geometry geometry{GEOSWKTReader_read_r(handle, reader.get(), wkt.c_str()), {handle}};
    if (!geometry) return {{nullptr, {handle}}, "Ce texte n'est pas une géométrie WKT : " + context.lastError()};
    auto surface = meantSurface(handle, geometry.get());
    if (surface) surface = madeValid(handle, std::move(surface));
    if (!hasSurface(handle, surface)) return {{nullptr, {handle}}, kSansSurface};
    return {std::move(surface), {}};
}

}  // namespace histologe::routing::geometrie
