// Chance that is the same on every machine: what is generated depends on the seed and on the number of the dossier alone.
#pragma once

#include <cstddef>
#include <cstdint>

namespace histologe::generate {

// SplitMix64.
class Hasard {
  public:
    Hasard(std::uint64_t graine, std::uint64_t numero) : etat_(graine * 0x9E3779B97F4A7C15ULL + numero * 0xD1B54A32D192ED03ULL) {}

    std::uint64_t tirer() noexcept;
    // In [0, 1).
    double part() noexcept;
    // In [0, combien); `combien` > 0.
    std::size_t parmi(std::size_t combien) noexcept { return static_cast<std::size_t>(part() * static_cast<double>(combien)); }
    // The small numbers are frequent, the large ones rare: about as words, names and cities are.
    std::size_t rang(std::size_t combien) noexcept;
    bool chance(double probabilite) noexcept { return part() < probabilite; }

  private:
    std::uint64_t etat_;
};

}  // namespace histologe::generate
