// One function for each kind of file; each takes the whole file and reports on every vector of it.
#pragma once

#include "libs/core/json.hpp"
#include "tools/golden_runner/report.hpp"

namespace histologe::golden {

// Reading of answers, score, qualifications; the vectors of the first generation of reports are skipped by name.
void runScoring(const core::Json& file, Report& report);

// Which partners a report is sent to.
void runAutoAffectation(const core::Json& file, Report& report);

}  // namespace histologe::golden
