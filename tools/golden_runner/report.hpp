// What a run of golden vectors found: counted, and told one line a failure.
#pragma once

#include <iosfwd>
#include <map>
#include <string>

#include "libs/core/json.hpp"

namespace histologe::golden {

class Report {
  public:
    explicit Report(std::ostream& out) : out_(out) {}

    void pass() { ++passed_; }
    // Prints the id, what the vector expects and what the code answers.
    void fail(const std::string& id, const core::Json& expected, const core::Json& actual);
    void fail(const std::string& id, const std::string& what);
    // Not run: never counted as passed. Grouped under `what` (the name of the kind) at the end.
    void skip(const std::string& what, const std::string& why, int count = 1);
    // Something a reader of the result has to know about a vector that passed.
    void note(const std::string& id, const std::string& what);

    // A vector that passed with another answer than it expects, because a decision of ours says so.
    void change(const std::string& id, const std::string& decision, const core::Json& answer);

    // Prints what was skipped, then `N passed, N failed` (and `, N skipped` when there are some). True when nothing
    // failed.
    bool finish();

  private:
    std::ostream& out_;
    int passed_ = 0;
    int failed_ = 0;
    int skippedCount_ = 0;
    struct Skipped {
        int count = 0;
        std::string why;
    };
    std::map<std::string, Skipped> skipped_;
};

}  // namespace histologe::golden
