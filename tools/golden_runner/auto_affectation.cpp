#include "tools/golden_runner/auto_affectation_vectors.hpp"
#include "tools/golden_runner/kinds.hpp"

namespace histologe::golden {

void runAutoAffectation(const core::Json& file, Report& report) {
    const auto outcomes = runAutoAffectationVectors(file);
    // A file of another kind would otherwise pass for having failed nothing.
    if (outcomes.empty()) report.fail("file", "no vector of auto-affectation in this file");
    for (const auto& outcome : outcomes) {
        if (!outcome.decision.empty()) report.note(outcome.id, "judged by our decision, " + outcome.decision);
        if (outcome.passes()) {
            report.pass();
        } else {
            report.fail(outcome.id, outcome.expected, outcome.actual);
        }
    }
}

}  // namespace histologe::golden
