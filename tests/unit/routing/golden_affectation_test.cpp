#include <map>

#include <catch2/catch.hpp>

#include "tests/unit/routing/files.hpp"
#include "tools/golden_runner/auto_affectation_vectors.hpp"

using namespace histologe::golden;

TEST_CASE("every golden vector of auto-affectation passes") {
    const auto outcomes = runAutoAffectationVectors(readJsonFile("tests/golden/auto_affectation.json"));
    std::map<std::string, std::size_t> kinds;
    std::vector<std::string> decided;
    for (const auto& outcome : outcomes) {
        INFO(outcome.id << " expected " << outcome.expected.dump() << " actual " << outcome.actual.dump());
        CHECK(outcome.passes());
        ++kinds[outcome.id.substr(0, outcome.id.find(':'))];
        if (!outcome.decision.empty()) decided.push_back(outcome.id);
    }
    CHECK(kinds ==
          std::map<std::string, std::size_t>{{"case", 12}, {"localisation", 7}, {"derived", 21}, {"predicate", 124}});
    CHECK(decided == std::vector<std::string>{"derived:include-list"});
}

TEST_CASE("every decision says what it changes and why") {
    for (const auto& decision : autoAffectationDecisions()) {
        INFO(decision.id);
        CHECK(decision.original != decision.decided);
        CHECK(decision.reason.size() > 20);
    }
    CHECK(autoAffectationDecisions().size() == 2);
}

TEST_CASE("a vector that cannot be read fails alone") {
    auto file = readJsonFile("tests/golden/auto_affectation.json");
    file["predicate_vectors"]["parc"][0]["rule"] = "volant";
    std::size_t failed = 0;
    for (const auto& outcome : runAutoAffectationVectors(file)) {
        if (outcome.passes()) continue;
        ++failed;
        CHECK(outcome.id == "predicate:parc:0");
        CHECK(outcome.actual.get<std::string>().find("unknown rule") != std::string::npos);
    }
    CHECK(failed == 1);
}
