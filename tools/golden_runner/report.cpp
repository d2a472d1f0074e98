#include "tools/golden_runner/report.hpp"

#include <ostream>

namespace histologe::golden {

void Report::fail(const std::string& id, const core::Json& expected, const core::Json& actual) {
    ++failed_;
    out_ << "FAILED " << id << "\n  expected " << expected.dump() << "\n  actual   " << actual.dump() << "\n";
}

void Report::fail(const std::string& id, const std::string& what) {
    ++failed_;
    out_ << "FAILED " << id << "\n  " << what << "\n";
}

void Report::skip(const std::string& what, const std::string& why, int count) {
    auto& entry = skipped_[what];
    entry.count += count;
    entry.why = why;
    skippedCount_ += count;
}

void Report::note(const std::string& id, const std::string& what) {
    out_ << "note " << id << ": " << what << "\n";
}

void Report::change(const std::string& id, const std::string& decision, const core::Json& answer) {
    out_ << "changed " << id << " by decision " << decision << "\n  now " << answer.dump() << "\n";
}

bool Report::finish() {
    for (const auto& [what, entry] : skipped_) {
        out_ << "skipped " << what << " (" << entry.count << "): " << entry.why << "\n";
    }
    out_ << passed_ << " passed, " << failed_ << " failed";
    if (skippedCount_ > 0) out_ << ", " << skippedCount_ << " skipped";
    out_ << std::endl;
    return failed_ == 0;
}

}  // namespace histologe::golden
