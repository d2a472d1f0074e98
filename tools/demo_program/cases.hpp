// What the demo files, and what must come of it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "libs/core/json.hpp"

namespace histologe::demo {

struct Case {
    std::string name;     // the sample's file name without its ending
    core::Json payload;   // the usager's answers as the front sends them at the last step
    std::string refusal;  // the field that intake must refuse; the rest is then empty
    std::string profil;   // as stored: LOCATAIRE, ...
    std::string territoire;
    double score = 0;
    std::vector<std::string> qualifications;  // sorted
    std::vector<std::string> partenaires;     // names, sorted
    int courrielsPartenaires = 0;             // of those, how many are written to
};

// The sample reports of tests/golden/payloads with the outcome of tests/golden/payloads_expected.json and the partners
// of data/demo/attendu.json. `run` makes the mail addresses of this run different from those of any other, so that
// nobody is taken for somebody who already reported the same dwelling. Throws when a file is missing or they do not
// agree.
std::vector<Case> loadCases(const std::filesystem::path& sourceFolder, const std::string& run);

}  // namespace histologe::demo
