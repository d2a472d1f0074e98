// The walls of the tree: which room may include which. Pure, so that the rules themselves are tested.
#pragma once

#include <string>
#include <vector>

namespace histologe::tree {

// What `file` (path from the tree's root, with the given text) includes that it must not; one line each, empty when all
// is well. The rules are those of the tree: `domain/` is pure, `libs/` never includes `services/`, no service includes
// another, only one file knows Pistache, and nothing outside tests includes tests.
std::vector<std::string> breaches(const std::string& file, const std::string& text);

}  // namespace histologe::tree
