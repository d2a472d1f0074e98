// The geometry library, wrapped: every object is destroyed with the handle that made it. For zones.cpp and formes.cpp
// alone.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <geos_c.h>

namespace histologe::routing::geometrie {

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

inline void destroyGeometry(GEOSContextHandle_t handle, GEOSGeometry* geometry) {
    GEOSGeom_destroy_r(handle, geometry);
}
inline void destroyPrepared(GEOSContextHandle_t handle, const GEOSPreparedGeometry* prepared) {
    GEOSPreparedGeom_destroy_r(handle, prepared);
}
inline void destroyTree(GEOSContextHandle_t handle, GEOSSTRtree* tree) {
    GEOSSTRtree_destroy_r(handle, tree);
}
inline void destroyReader(GEOSContextHandle_t handle, GEOSWKTReader* reader) {
    GEOSWKTReader_destroy_r(handle, reader);
}

using Geometry = std::unique_ptr<GEOSGeometry, Deleter<GEOSGeometry, destroyGeometry>>;
using Prepared = std::unique_ptr<const GEOSPreparedGeometry, Deleter<const GEOSPreparedGeometry, destroyPrepared>>;
using Tree = std::unique_ptr<GEOSSTRtree, Deleter<GEOSSTRtree, destroyTree>>;
using Reader = std::unique_ptr<GEOSWKTReader, Deleter<GEOSWKTReader, destroyReader>>;

// Adds copies of the polygons of `geometry`, those inside its collections too.
void collectPolygons(GEOSContextHandle_t handle, const GEOSGeometry* geometry, std::vector<GEOSGeometry*>& polygons);

// The part of a pasted geometry that is meant (see zoneProblem); null when that part has no surface.
Geometry meantSurface(GEOSContextHandle_t handle, const GEOSGeometry* geometry);

// Shells united and holes taken away, so that overlapping polygons cover what they seem to cover.
Geometry madeValid(GEOSContextHandle_t handle, Geometry surface);

// True when it covers something that can be measured.
bool hasSurface(GEOSContextHandle_t handle, const Geometry& surface);

struct Reading {
    Geometry surface;
    std::string problem;
};

Reading readZone(const Context& context, const std::string& wkt);

inline constexpr char kSansSurface[] = "Cette géométrie ne dessine aucune surface.";

}  // namespace histologe::routing::geometrie
