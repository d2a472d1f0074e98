// What must become of a report, worked out from the sample, the directory and the rules of mails, not from the
// services.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace histologe::faults {

// A report as one client of the form files it; `{n}` stands for the number of the submission, which makes its usagers
// different from those of any other.
struct Sample {
    std::string name;
    std::string body;   // the answers of the last step, JSON text
    std::string draft;  // the same at an earlier step
    std::string territoire;
    double score = 0;
    std::vector<std::string> partenaires;                        // names, sorted
    std::vector<std::pair<std::string, std::string>> courriels;  // type and recipient, sorted

    [[nodiscard]] static std::string numbered(const std::string& text, int n);
};

// The samples of the form that lead to a signalement, those with few mails more often, so that the mails of a campaign
// stay in proportion to its reports.
std::vector<Sample> loadSamples(const std::filesystem::path& sourceFolder);

}  // namespace histologe::faults
