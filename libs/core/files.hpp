// Whole files, for what is small and read at the start.
#pragma once

#include <filesystem>
#include <string>

namespace histologe::core {

// The bytes of a file. Throws std::runtime_error naming it when it cannot be read.
std::string readFile(const std::filesystem::path& file);

}  // namespace histologe::core
