// The tables of data/, read once for all tests.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "libs/domain/territoires/communes.hpp"
#include "libs/domain/territoires/territoires.hpp"

inline std::string readData(const std::string& name) {
    std::string path = HISTOLOGE_SOURCE_DIR "/data/";
    path += name;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline const histologe::domain::Territoires& realTerritoires() {
    static const auto table = histologe::domain::Territoires::fromJson(readData("territoires.json"));
    return table;
}

inline const histologe::domain::Communes& realCommunes() {
    static const auto table = histologe::domain::Communes::fromCsv(readData("communes.csv"));
    return table;
}

inline histologe::domain::CodeInsee insee(std::string_view text) {
    return histologe::domain::CodeInsee::parse(text).value();
}

inline histologe::domain::CodePostal postal(std::string_view text) {
    return histologe::domain::CodePostal::parse(text).value();
}
