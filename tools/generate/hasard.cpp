#include "tools/generate/hasard.hpp"

#include <algorithm>
#include <cmath>

namespace histologe::generate {

std::uint64_t Hasard::tirer() noexcept {
    std::uint64_t z = (etat_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

double Hasard::part() noexcept {
    return static_cast<double>(tirer() >> 11) * 0x1.0p-53;
}

std::size_t Hasard::rang(std::size_t combien) noexcept {
    const double place = std::pow(static_cast<double>(combien) + 1, part()) - 1;
    return std::min(static_cast<std::size_t>(place), combien - 1);
}

}  // namespace histologe::generate
