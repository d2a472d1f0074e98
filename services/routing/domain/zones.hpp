// Zones: polygons that people paste, asked one thing only, whether they contain a point.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/routing/domain/criteres.hpp"

namespace histologe::routing {

// Empty when `wkt` is a zone we can use, otherwise the reason in French. Read as WKT, x = longitude, y = latitude,
// planar; a GEOMETRYCOLLECTION counts for its only member, or for all its polygons when it has nothing else, or for its
// first member. A zone must have a surface. Polygons that cross themselves or overlap are taken for the surface they
// cover. (Reference of routing, 1.3.)
std::optional<std::string> zoneProblem(const std::string& wkt);

// One polygon: its outline and its holes, each a closed ring.
struct Surface {
    using Anneau = std::vector<Position>;
    Anneau contour;
    std::vector<Anneau> trous;
};

// The polygons that a zone covers, read as zoneProblem says; none for a zone that cannot be used.
std::vector<Surface> surfacesDe(const std::string& wkt);

// A set of zones, numbered 0, 1, 2… as they were given, searched by point. Any number of threads may ask at once: they
// take turns, for a microsecond or two, since the geometry library promises nothing about shared prepared geometries.
class IndexZones {
  public:
    // An unusable zone keeps its number, contains nothing, and is told of by `problems`.
    explicit IndexZones(std::span<const std::string> wkts);
    ~IndexZones();
    IndexZones(IndexZones&&) noexcept;
    IndexZones& operator=(IndexZones&&) noexcept;
    IndexZones(const IndexZones&) = delete;
    IndexZones& operator=(const IndexZones&) = delete;

    struct Problem {
        std::uint32_t zone;
        std::string reason;
    };
    [[nodiscard]] const std::vector<Problem>& problems() const noexcept;

    // The numbers, ascending, of the zones that strictly contain the point: their boundary and their holes are outside.
    [[nodiscard]] std::vector<std::uint32_t> containing(Position position) const;

  private:
    struct Geometries;
    std::unique_ptr<Geometries> geometries_;
};

}  // namespace histologe::routing
