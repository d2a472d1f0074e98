// The golden vectors of the tree, run by the code behind tools/golden; and that code itself, made to fail.
#include <fstream>
#include <map>
#include <sstream>

#include <catch2/catch.hpp>

#include "libs/core/json.hpp"
#include "tools/golden_runner/compare.hpp"
#include "tools/golden_runner/kinds.hpp"

using histologe::core::Json;
using histologe::golden::Report;
using histologe::golden::sameAnswer;

namespace {

const Json& vectors() {
    static const Json kFile = [] {
        std::ifstream input(HISTOLOGE_SOURCE_DIR "/tests/golden/scoring.json");
        std::stringstream text;
        text << input.rdbuf();
        return histologe::core::parseJson(text.str());
    }();
    return kFile;
}

std::string run(const Json& file, bool* passed = nullptr) {
    std::ostringstream out;
    Report report(out);
    histologe::golden::runScoring(file, report);
    const bool good = report.finish();
    if (passed != nullptr) *passed = good;
    return out.str();
}

std::string lastLine(const std::string& text) {
    const auto end = text.find_last_not_of('\n');
    const auto start = text.rfind('\n', end);
    return text.substr(start == std::string::npos ? 0 : start + 1, end - start);
}

// The first vector of a kind, alone in its file.
Json only(const std::string& kind) {
    for (const auto& vector : vectors().at("vectors")) {
        if (vector.at("kind") == kind) return {{"vectors", {vector}}};
    }
    throw std::logic_error("no vector of kind " + kind);
}

}  // namespace

TEST_CASE("every golden vector passes, of both generations; those that a decision changes are named") {
    bool passed = false;
    const auto output = run(vectors(), &passed);
    INFO(output);
    CHECK(passed);
    CHECK(lastLine(output) == "1236 passed, 0 failed");
}

TEST_CASE("the vectors that a decision changes are those of the list, each with its new answer") {
    std::map<std::string, Json> changed;
    std::istringstream lines(run(vectors()));
    for (std::string line; std::getline(lines, line);) {
        const std::string start = "changed ";
        const std::string by = " by decision ";
        if (!line.starts_with(start)) continue;
        const auto id = line.substr(start.size(), line.find(by) - start.size());
        std::string answer;
        std::getline(lines, answer);
        changed[id] = {{"decision", line.substr(line.find(by) + by.size())},
                       {"reponse", histologe::core::parseJson(answer.substr(answer.find('{')))}};
    }
    std::ifstream input(HISTOLOGE_SOURCE_DIR "/tests/golden/scoring_decisions.json");
    std::stringstream text;
    text << input.rdbuf();
    const auto decided = histologe::core::parseJson(text.str());
    CHECK(changed.size() == decided.size());
    for (const auto& [id, change] : decided.items()) {
        INFO(id);
        REQUIRE(changed.contains(id));
        CHECK(changed.at(id).at("decision") == change.at("decision"));
        CHECK(sameAnswer(change.at("reponse"), changed.at(id).at("reponse")));
    }
}

TEST_CASE(
    "an answer of which nothing is known (fuite = nsp), where the service of reference fails, passes as unanswered") {
    Json file{{"vectors", Json::array()}};
    for (const auto& vector : vectors().at("vectors")) {
        const auto id = vector.at("id");
        if (id == "treatment-212" || id == "payload_v2-051" || id == "qualifications_v2-105")
            file["vectors"].push_back(vector);
    }
    const auto output = run(file);
    CHECK(lastLine(output).starts_with("3 passed, 0 failed"));
    CHECK(output.find("note payload_v2-051") != std::string::npos);
}

TEST_CASE("a vector that expects something else fails, with its id and both answers") {
    for (const char* kind : {"treatment", "composition", "suroccupation", "score_v2", "qualifications_v2",
                             "score_and_qualifications_v2", "recompute_v2", "nde_status", "visit_conclusions",
                             "payload_v2", "qualifications_v1", "score_and_qualifications_v1"}) {
        INFO(kind);
        auto file = only(kind);
        CHECK(lastLine(run(file)).starts_with("1 passed, 0 failed"));
        auto& expected = file["vectors"][0]["expected"];
        expected.begin().value() = "autre chose";
        bool passed = true;
        const auto output = run(file, &passed);
        CHECK_FALSE(passed);
        CHECK(lastLine(output).starts_with("0 passed, 1 failed"));
        CHECK(output.find("FAILED " + file["vectors"][0]["id"].get<std::string>()) != std::string::npos);
        CHECK(output.find("autre chose") != std::string::npos);
        CHECK(output.find("actual") != std::string::npos);
    }
    auto file = only("score_v2");
    file["vectors"][0]["expected"]["score"] = 1e-8;
    CHECK(lastLine(run(file)).starts_with("0 passed, 1 failed"));
    file["vectors"][0]["expected"]["score"] = 1e-10;
    CHECK(lastLine(run(file)).starts_with("1 passed, 0 failed"));
}

TEST_CASE("a vector that cannot be run fails instead of stopping the run") {
    auto file = only("score_v2");
    auto unknownKind = file["vectors"][0];
    unknownKind["kind"] = "divination";
    auto unknownSlug = file["vectors"][0];
    unknownSlug["input"]["precisions"] = {"inconnue"};
    auto noInput = file["vectors"][0];
    noInput["input"] = "rien";
    file["vectors"].push_back(unknownKind);
    file["vectors"].push_back(unknownSlug);
    file["vectors"].push_back(noInput);
    CHECK(lastLine(run(file)).starts_with("1 passed, 3 failed"));
}

TEST_CASE("answers are compared as the format means it") {
    CHECK(sameAnswer(1, 1.0));
    CHECK(sameAnswer({{"precisions", {"a", "b"}}}, {{"precisions", {"b", "a"}}}));
    CHECK_FALSE(sameAnswer({{"precisions", {"a", "a"}}}, {{"precisions", {"b", "a"}}}));
    CHECK_FALSE(sameAnswer({{"precisions", {"a"}}}, {{"precisions", {"b", "a"}}}));
    CHECK_FALSE(sameAnswer({{"qualifications", {"a", "b"}}}, {{"qualifications", {"b", "a"}}}));
    CHECK_FALSE(sameAnswer({{"a", 1}}, {{"a", 1}, {"b", 2}}));
    CHECK_FALSE(sameAnswer({{"a", 1}, {"b", 2}}, {{"a", 1}}));
    CHECK_FALSE(sameAnswer(nullptr, false));
    CHECK_FALSE(sameAnswer({{"a", 1}}, {{"b", 1}}));
}
