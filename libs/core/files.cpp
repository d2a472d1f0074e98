#include "libs/core/files.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace histologe::core {

std::string readFile(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace histologe::core
