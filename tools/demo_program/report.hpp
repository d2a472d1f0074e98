// What the demo prints.
#pragma once

#include <string>
#include <vector>

#include "tools/demo_program/cases.hpp"
#include "tools/demo_program/front.hpp"
#include "tools/demo_program/observation.hpp"

namespace histologe::demo {

struct Outcome {
    Case expected;
    Filing filing;
    Observation seen;
    double handOverMs = 0;              // from the final PUT to the last mail taken by the mail server
    std::vector<std::string> problems;  // what is not as expected, one line each
};

// What differs from what was expected, one line each.
std::vector<std::string> differences(const Outcome& outcome);

// The table: one line a report, then one line for every problem.
std::string table(const std::vector<Outcome>& outcomes);

}  // namespace histologe::demo
