// Files of the tree that tests read.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "libs/core/json.hpp"

inline std::string readTextFile(const std::string& path) {
    std::string whole = HISTOLOGE_SOURCE_DIR "/";
    whole += path;
    std::ifstream file(whole, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline histologe::core::Json readJsonFile(const std::string& path) {
    return histologe::core::parseJson(readTextFile(path));
}
