// Rates as they are published.
#pragma once

#include <optional>

namespace histologe::statistics {

// `partie` of `total` in percent with one decimal, halves away from zero; computed on whole numbers, so that no half is
// lost to binary fractions (1 of 16 is 6.3). Empty when there is nothing to divide by. Neither may be negative.
// (Reference of statistics, 1.3.)
constexpr std::optional<double> tauxEnPourcent(long long partie, long long total) noexcept {
    if (total == 0) return std::nullopt;
    return static_cast<double>((2 * partie * 1000 + total) / (2 * total)) / 10;
}

}  // namespace histologe::statistics
