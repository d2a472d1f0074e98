// One function for each kind of file; each takes the whole file and reports on every vector of it.
#pragma once

#include <string>

#include "libs/core/json.hpp"
#include "tools/golden_runner/report.hpp"

namespace histologe::golden {

// Reading of answers, score, qualifications, of both generations of reports.
void runScoring(const core::Json& file, Report& report);

// Which partners a report is sent to.
void runAutoAffectation(const core::Json& file, Report& report);

// The public figures, on a database made for it. `path` is the file's: its data set may stand beside it.
void runStatistics(const core::Json& file, const std::string& path, Report& report);

}  // namespace histologe::golden
