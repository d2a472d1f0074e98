// YAML 1.2 to JSON, without the surprises of YAML.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace histologe::apibundle {

// Keeps the order of keys, which is the order in which people read the document.
using Json = nlohmann::ordered_json;

// Reads a file. Quoted scalars stay texts; plain ones follow the core schema of YAML 1.2 (`yes`, `no` and dates are
// texts). Throws std::runtime_error that names the file and line: syntax, a key that appears twice, a number with a
// leading zero (quote it: a code is not a number), an unknown tag.
Json readYaml(const std::string& path);

}  // namespace histologe::apibundle
