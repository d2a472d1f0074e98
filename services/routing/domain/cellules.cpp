#include "services/routing/domain/cellules.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace histologe::routing {
namespace {

constexpr double kCote = 1 << kNiveauCellule;

std::uint64_t pas(double part) noexcept {
    return static_cast<std::uint64_t>(std::clamp(part * kCote, 0.0, kCote - 1));
}

}  // namespace

std::int64_t celluleDe(double longitude, double latitude) noexcept {
    constexpr double kBord = 85.0511287798;
    const double angle = std::clamp(latitude, -kBord, kBord) * std::numbers::pi / 180;
    const auto x = pas((longitude + 180) / 360);
    const auto y = pas((1 - std::asinh(std::tan(angle)) / std::numbers::pi) / 2);
    std::uint64_t cellule = 0;
    for (int bit = 0; bit < kNiveauCellule; ++bit) {
        cellule |= ((x >> bit) & 1U) << (2 * bit) | ((y >> bit) & 1U) << (2 * bit + 1);
    }
    return static_cast<std::int64_t>(cellule);
}

}  // namespace histologe::routing
