// The shape of a zone as people give it: pasted WKT or GeoJSON, repaired when it can be, or refused with the reason.
#pragma once

#include <optional>
#include <string>

#include "libs/core/json.hpp"
#include "libs/domain/territoires/territoires.hpp"

namespace histologe::routing {

// No zone has more corners; the outline of a whole département has some thousands.
inline constexpr std::size_t kSommetsMax = 50000;

struct Forme {
    std::string wkt;          // valid: a POLYGON or MULTIPOLYGON that covers something
    domain::Emprise emprise;  // its bounds
    std::size_t sommets = 0;
    std::optional<std::string> reparation;  // what was amiss and was repaired, in French
};

// What came of a text: the shape, or why there is none (one French sentence) and its code: `wkt_illisible`,
// `geojson_illisible`, `sans_surface`, `hors_du_globe`, `trop_de_sommets`, `trop_embrouillee`.
struct LectureForme {
    std::optional<Forme> forme;
    std::string code;
    std::string raison;
};

// Reads what zoneProblem (zones.hpp) describes. A text of hostile depth, number of corners or crossings is refused in
// well under a second rather than worked on.
LectureForme lireWkt(const std::string& wkt);

// The same of a GeoJSON Polygon, MultiPolygon, GeometryCollection, Feature or FeatureCollection (all its polygons).
LectureForme lireGeoJson(const core::Json& geojson);

// The shape as GeoJSON; null when the text is not one that these functions wrote.
core::Json enGeoJson(const std::string& wkt);

// True when two rectangles have a point in common.
bool seTouchent(const domain::Emprise& une, const domain::Emprise& autre) noexcept;

}  // namespace histologe::routing
