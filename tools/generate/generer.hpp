// Filling routing's tables with an invented country.
#pragma once

#include <functional>
#include <string>

#include "tools/generate/pays.hpp"

namespace histologe::generate {

// Dossiers of a size (user demands, 2.4): S 1 000, M 100 000, L 1 000 000. Throws std::invalid_argument for another name.
std::size_t dossiersDe(const std::string& taille);

// Writes the country into routing's schema, which has to be migrated and without dossiers, in one transaction; indexes and
// keys are made after the rows, the counters of the lists too. `dire` is told each step. Throws std::runtime_error.
void generer(const std::string& url, const Pays& pays, const std::function<void(const std::string&)>& dire);

}  // namespace histologe::generate
