// Golden vectors of auto-affectation: reads a file of them, runs each on the engine that serves production.
#pragma once

#include <string>
#include <vector>

#include "libs/core/json.hpp"

namespace histologe::golden {

// One vector, run. It passes when `expected` equals `actual`.
struct VectorOutcome {
    // `case:…`, `localisation:…`, `derived:…` with the id of the file; `predicate:<name>:<place>` for those that have
    // none.
    std::string id;
    core::Json expected;
    core::Json actual;
    // Set when `expected` is not what the file says, but what was decided since: why.
    std::string decision;

    [[nodiscard]] bool passes() const { return expected == actual; }
};

// A vector whose expected value we changed on purpose.
struct Decision {
    std::string id;
    // What the file says, so that a file that says something else is judged as it is.
    core::Json original;
    core::Json decided;
    std::string reason;
};

// The only list of them, for the runner and for the tests.
const std::vector<Decision>& autoAffectationDecisions();

// Runs `cases`, `localization_cases`, `derived_cases` and `predicate_vectors`, whichever the file has, in this order. A
// vector that cannot be read does not stop the others: its `actual` is the error. Partners are compared as a set in
// cases and localisations, in order in derived cases.
std::vector<VectorOutcome> runAutoAffectationVectors(const core::Json& file);

}  // namespace histologe::golden
