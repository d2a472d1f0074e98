// The golden vectors of the public figures.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "libs/core/json.hpp"

namespace histologe::statistics {

inline core::Json readGolden(const std::string& name) {
    std::ifstream file(HISTOLOGE_SOURCE_DIR "/tests/golden/" + name);
    return core::parseJson(std::string(std::istreambuf_iterator<char>(file), {}));
}

}  // namespace histologe::statistics
