// The public statistics, as the demo shows them at the end.
#pragma once

#include <string>

#include "tools/demo_program/front.hpp"

namespace histologe::demo {

// How many reports the public statistics count now.
int countedReports(Front& front);

// Waits until the statistics count `expected` reports, at most 15 s, and gives them as text; `isReached` says whether
// they came to count as many.
std::string statisticsOnceCounted(Front& front, int expected, bool& isReached);

}  // namespace histologe::demo
