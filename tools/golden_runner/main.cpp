// histologe-golden KIND FILE: runs a file of golden vectors against the code that serves production.
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>

#include "libs/core/error.hpp"
#include "tools/golden_runner/kinds.hpp"

namespace {

using histologe::core::Json;
using histologe::golden::Report;

// Files hold their vectors in a list; a kind without rules yet skips them all, under the kind each vector names.
void skipAll(const Json& file, const std::string&, Report& report) {
    const auto vectors = file.find("vectors");
    if (vectors == file.end() || !vectors->is_array()) {
        report.skip("all", "not implemented yet");
        return;
    }
    for (const auto& vector : *vectors) {
        const auto kind = vector.find("kind");
        report.skip(kind == vector.end() ? "vectors" : kind->get<std::string>(), "not implemented yet");
    }
}

const std::map<std::string, std::function<void(const Json&, const std::string& path, Report&)>>& kinds() {
    static const std::map<std::string, std::function<void(const Json&, const std::string& path, Report&)>> kKinds{
        {"scoring",
         [](const Json& file, const std::string&, Report& report) { histologe::golden::runScoring(file, report); }},
        {"auto-affectation", [](const Json& file, const std::string&,
                                Report& report) { histologe::golden::runAutoAffectation(file, report); }},
        {"relances", skipAll},
        {"statistics", histologe::golden::runStatistics},
    };
    return kKinds;
}

int usage() {
    std::cerr << "usage: histologe-golden KIND FILE\nkinds:";
    for (const auto& [name, run] : kinds()) std::cerr << " " << name;
    std::cerr << "\n";
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return usage();
    const auto kind = kinds().find(argv[1]);
    if (kind == kinds().end()) return usage();
    std::ifstream input(argv[2]);
    if (!input) {
        std::cerr << "cannot read " << argv[2] << "\n";
        return 2;
    }
    std::stringstream text;
    text << input.rdbuf();
    try {
        const auto file = histologe::core::parseJson(text.str());
        Report report(std::cout);
        kind->second(file, argv[2], report);
        return report.finish() ? 0 : 1;
    } catch (const histologe::core::Error& error) {
        std::cerr << argv[2] << ": " << error.what() << "\n";
    } catch (const Json::exception& error) {
        std::cerr << argv[2] << ": " << error.what() << "\n";
    }
    return 2;
}
