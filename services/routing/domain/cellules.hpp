// The squares of the map: the world in Web Mercator, halved again and again.
#pragma once

#include <cstdint>

namespace histologe::routing {

// The finest squares: 2^20 of them on each side of the world, about 27 metres in France.
inline constexpr int kNiveauCellule = 20;

// The square of a position in degrees, numbered so that a square of a coarser level holds one run of numbers: the square
// of level n is this number shifted right by 2 * (20 - n) bits. Positions past the map's edge count at its edge.
std::int64_t celluleDe(double longitude, double latitude) noexcept;

}  // namespace histologe::routing
