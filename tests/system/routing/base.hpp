// Routing's tables alone, for tests that call its operations without its process.
#pragma once

#include <string>

#include "tools/environment/environment.hpp"

namespace histologe::routing::test {

// A PostgreSQL of this program with routing's tables, started at first use. `nom` is that of its run folder.
environment::Environment& base(const std::string& nom);

}  // namespace histologe::routing::test
