// The catalogue in service, loaded once for a test program, and short names over it.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "libs/domain/desordres/catalogue.hpp"

namespace histologe::desordres::testing {

inline const Catalogue& shipped() {
    static const Catalogue kCatalogue = loadShippedCatalogue();
    return kCatalogue;
}

// The slugs of a set, in catalogue order.
inline std::vector<std::string> slugs(const PrecisionSet& set) {
    std::vector<std::string> list;
    for (const auto slug : shipped().slugsOf(set)) list.emplace_back(slug);
    return list;
}

inline PrecisionSet setOf(const std::vector<std::string>& list) {
    return shipped().setOf(list);
}

}  // namespace histologe::desordres::testing
