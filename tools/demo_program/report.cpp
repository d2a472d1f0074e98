#include "tools/demo_program/report.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iterator>

#include "libs/core/text.hpp"

namespace histologe::demo {
namespace {

std::string joined(const std::vector<std::string>& items, const char* separator) {
    std::string text;
    for (const auto& item : items) {
        text += (text.empty() ? "" : separator) + item;
    }
    return text;
}

std::string number(double value, int decimals) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

// Columns are aligned by characters, not by bytes.
std::string padded(const std::string& text, std::size_t width) {
    const auto length = core::countCharacters(text);
    return text + std::string(length < width ? width - length : 0, ' ');
}

std::vector<std::string> missing(const std::vector<std::string>& from, const std::vector<std::string>& in) {
    std::vector<std::string> left;
    std::set_difference(from.begin(), from.end(), in.begin(), in.end(), std::back_inserter(left));
    return left;
}

void compare(const std::string& what, const std::vector<std::string>& expected, const std::vector<std::string>& seen,
             std::vector<std::string>& problems) {
    if (const auto absent = missing(expected, seen); !absent.empty()) {
        problems.push_back(what + " missing: " + joined(absent, ", "));
    }
    if (const auto extra = missing(seen, expected); !extra.empty()) {
        problems.push_back(what + " not expected: " + joined(extra, ", "));
    }
}

}  // namespace

std::vector<std::string> differences(const Outcome& outcome) {
    std::vector<std::string> problems;
    const auto& expected = outcome.expected;
    const auto& seen = outcome.seen;
    if (!expected.refusal.empty()) {
        const auto& refused = outcome.filing.refused;
        if (std::find(refused.begin(), refused.end(), expected.refusal) == refused.end()) {
            problems.push_back("the field " + expected.refusal + " was not refused");
        }
        return problems;
    }
    if (outcome.filing.reference.empty()) {
        problems.push_back("refused: " + joined(outcome.filing.refused, ", "));
        return problems;
    }
    if (seen.territoire != expected.territoire) {
        problems.push_back("territory " + seen.territoire + " instead of " + expected.territoire);
    }
    if (!seen.score) {
        problems.push_back("not scored");
    } else if (std::abs(*seen.score - expected.score) > 1e-6) {
        problems.push_back("score " + number(*seen.score, 6) + " instead of " + number(expected.score, 6));
    }
    compare("qualifications", expected.qualifications, seen.qualifications, problems);
    compare("partners", expected.partenaires, seen.partenaires, problems);
    if (seen.courrielsPartenaires != expected.courrielsPartenaires) {
        problems.push_back(std::to_string(seen.courrielsPartenaires) + " mails to partners instead of " +
                           std::to_string(expected.courrielsPartenaires));
    }
    if (seen.courriels <= seen.courrielsPartenaires) {
        problems.push_back("no mail to the usager");
    }
    if (seen.courrielsEnAttente > 0) {
        problems.push_back(std::to_string(seen.courrielsEnAttente) + " mails not sent");
    }
    return problems;
}

std::string table(const std::vector<Outcome>& outcomes) {
    std::vector<std::vector<std::string>> rows{
        {"reference", "profile", "territory", "score", "qualifications", "partners", "mails", "PUT ms", "mail ms"}};
    for (const auto& outcome : outcomes) {
        const bool isRefused = outcome.filing.reference.empty();
        const auto& seen = outcome.seen;
        rows.push_back(
            {isRefused ? "(refused)" : outcome.filing.reference, outcome.expected.profil,
             isRefused ? outcome.expected.territoire : seen.territoire, seen.score ? number(*seen.score, 4) : "",
             isRefused ? joined(outcome.filing.refused, ", ") : joined(seen.qualifications, ", "),
             isRefused ? "" : std::to_string(seen.partenaires.size()), isRefused ? "" : std::to_string(seen.courriels),
             isRefused ? "" : number(outcome.filing.submitMs, 1), isRefused ? "" : number(outcome.handOverMs, 0)});
    }
    std::vector<std::size_t> widths(rows[0].size(), 0);
    for (const auto& row : rows) {
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], std::min<std::size_t>(core::countCharacters(row[column]), 60));
        }
    }
    std::string text;
    for (std::size_t line = 0; line < rows.size(); ++line) {
        std::string printed;
        for (std::size_t column = 0; column < rows[line].size(); ++column) {
            printed += padded(rows[line][column], widths[column]) + "  ";
        }
        printed.erase(printed.find_last_not_of(' ') + 1);
        text += printed + "\n";
        if (line == 0) {
            std::string rule;
            for (const auto width : widths) {
                rule += std::string(width, '-') + "  ";
            }
            text += rule.substr(0, rule.size() - 2) + "\n";
            continue;
        }
        const auto& outcome = outcomes[line - 1];
        if (!outcome.seen.partenaires.empty()) {
            text += "    -> " + joined(outcome.seen.partenaires, "; ") + "\n";
        }
        for (const auto& problem : outcome.problems) {
            text += "    NOT AS EXPECTED: " + problem + "\n";
        }
    }
    return text;
}

}  // namespace histologe::demo
